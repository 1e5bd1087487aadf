#!/usr/bin/env node
// pull.mjs - `db pull` of many databases, compared byte for byte with the reference.
//
//   node tests/conformance/pull.mjs BELLOWS [--edits] [--made N [--seed S]] [--show] [FILTER]
//
// Databases: every schema under schemas/ (with --edits every side of every edit, with --made N pairs of random schemas, from seed S
// on), pushed by us; every databases/*.sql. Each is
// pulled twice: from scratch, and once more over the schema there was (databases/NAME.prisma beside NAME.sql). Judged are:
//   - the text, against the reference's. Notes above blocks are compared by what they say, not by their words;
//   - that the text is valid, for us and for the reference;
//   - that the database and the text have no difference (`migrate diff`).
// Where we differ from the reference the case stands in known.mjs with the reason; of edits and random schemas it is found by
// databases/explain.mjs, and the closing lines count it. Our text of those, and of all of databases/, is
// kept in databases/expected/ and may not change unseen: --accept writes it. tests/live/cli_pull.sh compares with it where there
// is no node. --show prints differences. The server is DATABASE_URL's, else BELLOWS_TEST_URL's; the role may create
// databases. Exit: 0 all as expected, 1 otherwise, 64 wrong usage, 77 (aloud) the engine is not installed or there is no server.
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { listCases, root } from './cases.mjs'
import { dropStatements } from './drop.mjs'
import { installed, pullFiles, push, readSchema, validate } from './engine/reference.mjs'
import { explain } from './databases/explain.mjs'
import { known, noRoundTrip } from './databases/known.mjs'
import { drawCase } from './random/case.mjs'

const args = process.argv.slice(2)
const flag = name => { const at = args.indexOf(name); if (at >= 0) args.splice(at, 1); return at >= 0 }
const value = name => { const at = args.indexOf(name); return at >= 0 ? Number(args.splice(at, 2)[1]) : undefined }
const made = value('--made') ?? 0, seed = value('--seed') ?? 1
const edits = flag('--edits'), show = flag('--show'), accept = flag('--accept')
if (!args[0]) { process.stderr.write('usage: pull.mjs BELLOWS [--edits] [--made N] [--seed S] [--show] [--accept] [FILTER]\n'); process.exit(64) }
const program = path.resolve(args[0])
const filter = args[1] ?? ''
const server = process.env.DATABASE_URL ?? process.env.BELLOWS_TEST_URL
if (!installed() || !server) { process.stdout.write('SKIPPED: no reference engine, or no DATABASE_URL\n'); process.exit(77) }

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'bellows-pull-'))
const database = `bellows_pull_${process.pid}`
const url = (u => { u.pathname = `/${database}`; return u.toString() })(new URL(server))

function run(command, args) {
  const r = spawnSync(command, args, { encoding: 'utf8', timeout: 60000, cwd: scratch, env: { ...process.env, CI: '1', NO_COLOR: '1' } })
  if (r.status !== 0) throw new Error(`${path.basename(command)} ${args[0]} ${args[1]} ended with ${r.status ?? r.signal}: ${(r.stderr || String(r.error)).trim().slice(0, 1200)}`)
  return r.stdout
}

const psql = (where, ...args) => run('psql', ['-X', '-q', '-v', 'ON_ERROR_STOP=1', ...args, where])

const version = Math.floor(Number(psql(server, '-A', '-t', '-c', 'SHOW server_version_num')) / 10000)

const drop = () => { for (const statement of dropStatements(database)) psql(server, '-c', statement) }

function fresh() {
  drop()
  psql(server, '-c', `CREATE DATABASE ${database}`)
}

// --- notes: what they are about, in either tool's words -------------------------------------------------

const rows = [...fs.readFileSync(path.join(root, '../../compiler/schema/lift/pull_notes.def'), 'utf8')
  .matchAll(/^NOTE\((\w+),\s+\w+,\s+"([^"]*)",\s+"([^"]*)"/gm)].map(([, kind, marker, line]) => ({ kind, marker, line }))

function note(line) {
  const row = rows.find(r => r.line && line === `/// ${r.line}`) ??
    rows.find(r => r.marker && line.includes(r.marker)) ??
    (/^\/\/\/ Renamed: no \w+ can be called/.test(line) ? rows[0] : undefined)
  return row ? `/// <${row.kind}>` : line
}

const plain = text => text.split('\n').map(l => l.startsWith('///') ? note(l) : l).join('\n')

// --- both tools -----------------------------------------------------------------------------------------

const empty = 'nothing to pull\n'
const write = (name, text) => { const p = path.join(scratch, name); fs.writeFileSync(p, text); return p }

// One text a tool; several files each behind their path.
const joined = files => files.length === 1 ? files[0].content
  : [...files].sort((a, b) => a.path < b.path ? -1 : 1).map(f => `// ${path.basename(f.path)}\n${f.content}`).join('\n')

async function theirs(files, options) {
  try { return plain(joined((await pullFiles(files, url, options)).files)) } catch (e) { return /database was empty/.test(e.message) ? empty : `FAILED: ${e.message}` }
}

// Copied, so that what is read is what the reference reads: without the datasource's url.
function copy(files) {
  if (files.length === 1) return write('schema.prisma', files[0].content)
  const dir = path.join(scratch, 'schema')
  fs.rmSync(dir, { recursive: true, force: true })
  for (const f of files) { fs.mkdirSync(path.dirname(path.join(dir, f.path)), { recursive: true }); fs.writeFileSync(path.join(dir, f.path), f.content) }
  return dir
}

function ours(schema, ...options) {
  let text
  try { text = run(program, ['db', 'pull', '--print', '--schema', schema, '--url', url, ...options]) } catch (e) {
    if (/P4001/.test(e.message)) return empty
    throw e
  }
  const parts = text.split(/^\/\/ (\S+\.prisma)\n/m)
  if (parts.length === 1) return text
  const files = []
  for (let i = 1; i < parts.length; i += 2) files.push({ path: parts[i], content: parts[i + 1].replace(/\n\n$/, '\n') })
  return joined(files)
}

function difference(a, b) {
  const [x, y] = [write('theirs.prisma', a), write('ours.prisma', b)]
  return spawnSync('diff', ['-u', '--label', 'reference', '--label', 'ours', x, y], { encoding: 'utf8' }).stdout
}

// --- judging --------------------------------------------------------------------------------------------

let passed = 0, failed = 0, excused = 0, skipped = 0
const used = new Set()

function report(label, problem) {
  failed++
  process.stdout.write(`FAILED ${label}: ${problem}\n`)
}

// What cases of databases/ and known ones give is kept.
function compareKept(label, text) {
  if (!known[label] && !label.startsWith('databases/')) return undefined
  const file = path.join(root, 'databases/expected', `${label.replace(/^databases\//, '').replace(/\W+/g, '-')}.prisma`)
  if (accept) { fs.mkdirSync(path.dirname(file), { recursive: true }); fs.writeFileSync(file, text) }
  if (!fs.existsSync(file)) return `${path.relative(root, file)} is not there: --accept writes it`
  const kept = fs.readFileSync(file, 'utf8')
  return kept === text ? undefined : `another text than the one kept\n${difference(kept, text)}`
}

// Edits and random schemas are too many to be listed one by one.
const explained = new Map()
function isExplained(label, reference, text) {
  const refused = () => validate([{ path: 'schema.prisma', content: reference }]).errors.map(e => e.text).join('\n')
  const reasons = /^(edits|random)\//.test(label) && !known[label] ? explain(reference, text, refused()) : undefined
  for (const reason of reasons ?? []) explained.set(reason, (explained.get(reason) ?? 0) + 1)
  return reasons?.length > 0
}

function judge(label, reference, text) {
  used.add(label)
  const same = reference === plain(text)
  if (!same && isExplained(label, reference, plain(text))) { excused++; return }
  if (same && known[label]) return report(label, `listed (${known[label]}), but nothing differs`)
  if (!same && !known[label]) return report(label, `another text\n${show ? difference(reference, plain(text)) : ''}`)
  const problem = compareKept(label, text)
  if (problem) return report(label, problem)
  if (same) passed++
  else excused++
}

// Both tools read a table of pairs with keys of its own as a many-to-many relation, whose table has others.
const isAlmostPairs = script => [...script.matchAll(/^ALTER (?:TABLE|INDEX) (?:"[^"]+"\.)?"([^"]+)"/gm)].every(([, name]) => name.startsWith('_'))

function judgeWhole(label, text, theirs) {
  if (text === empty) return
  const schema = write('pulled.prisma', text)
  const theirWord = validate([{ path: 'schema.prisma', content: text }])
  if (!theirWord.ok) report(label, `the reference refuses our text: ${JSON.stringify(theirWord.errors[0])}`)
  try {
    run(program, ['validate', '--schema', schema])
    if (!noRoundTrip[label]) run(program, ['migrate', 'diff', '--from-url', url, '--to-schema', schema, '--exit-code', '--script'])
  } catch (e) {
    const script = spawnSync(program, ['migrate', 'diff', '--from-url', url, '--to-schema', schema, '--script'], { encoding: 'utf8' })
    const reason = 'tables that are almost ones of pairs are read as many-to-many relations'
    if (label.startsWith('random/') && (plain(text) === theirs || explain(theirs, plain(text))) && script.status === 0 && isAlmostPairs(script.stdout)) return explained.set(reason, (explained.get(reason) ?? 0) + 1)
    report(label, `round trip: ${e.message}\n${show ? script.stdout : ''}`)
  }
}

const nothing = [{ path: 'schema.prisma', content: 'datasource db {\n  provider = "postgresql"\n}\n' }]

// From scratch both tools put what several files held into other files: there the datasource stands alone.
async function judgeDatabase(label, files = nothing) {
  const one = files.length === 1 ? files : [files.find(f => /^datasource/m.test(f.content))]
  const first = ours(copy(one), '--force')
  const reference = await theirs(one, { force: true })
  judge(label, reference, first)
  judgeWhole(label, first, reference)
  if (files === nothing) return
  const again = ours(copy(files))
  const over = await theirs(files)
  judge(`${label} again`, over, again)
  if (files.length === 1) judgeWhole(`${label} again`, again, over)
}

async function attempt(label, work) {
  try { await work() } catch (e) { report(label, e.message) }
}

function isTooNew(label, needs) {
  if (version >= needs) return false
  process.stdout.write(`SKIPPED ${label}: needs PostgreSQL ${needs}\n`)
  for (const l of [label, `${label} again`]) used.add(l)
  skipped++
  return true
}

for (const c of listCases(edits ? ['schemas', 'edits'] : ['schemas'], filter)) {
  for (const schema of [c.from, c.to].filter(Boolean)) {
    const label = c.from ? `${c.label}/${path.basename(schema, '.prisma')}` : c.label
    if (isTooNew(label, c.needs)) continue
    await attempt(label, async () => {
      fresh()
      if (c.setup) psql(url, '-f', c.setup)
      run(program, ['db', 'push', '--accept-data-loss', '--schema', schema, '--url', url])
      await judgeDatabase(label, readSchema(schema))
    })
  }
}

for (const name of fs.readdirSync(path.join(root, 'databases')).filter(f => f.endsWith('.sql')).sort()) {
  const label = `databases/${path.basename(name, '.sql')}`
  if (!label.includes(filter)) continue
  const needs = Number(fs.readFileSync(path.join(root, 'databases', name), 'utf8').match(/^-- needs PostgreSQL (\d+)/)?.[1] ?? 12)
  if (isTooNew(label, needs)) continue
  await attempt(label, async () => {
    fresh()
    psql(url, '-f', path.join(root, 'databases', name))
    const before = path.join(root, 'databases', name.replace(/\.sql$/, '.prisma'))
    await judgeDatabase(label, fs.existsSync(before) ? readSchema(before) : undefined)
  })
}

// A made schema that the reference cannot push either: a predicate that is no SQL, say.
let impossible = 0
async function isImpossible(schema) {
  fresh()
  try { await push([{ path: 'schema.prisma', content: schema }], url) } catch { return true }
  return false
}

for (let i = seed; i < seed + made; i++) {
  const c = drawCase(i, text => validate(text).ok)
  for (const side of c ? ['from', 'to'] : []) {
    const label = `random/${i}/${side}`
    if (label.includes(filter)) await attempt(label, async () => {
      fresh()
      if (c.citext) psql(url, '-c', 'CREATE EXTENSION citext')
      const files = [{ path: 'schema.prisma', content: c[side] }]
      try { run(program, ['db', 'push', '--accept-data-loss', '--schema', copy(files), '--url', url]) } catch (e) {
        if (await isImpossible(c[side])) { impossible++; return }
        throw e
      }
      await judgeDatabase(label, files)
    })
  }
}

if (!filter && !made) for (const label of Object.keys(known).filter(l => !used.has(l) && (edits || !l.startsWith('edits/')))) report(label, 'listed in known.mjs, but there is no such case')
drop()
fs.rmSync(scratch, { recursive: true })
for (const [reason, count] of [...explained].sort()) process.stdout.write(`${String(count).padStart(6)}  ${reason}\n`)
process.stdout.write(`${passed} texts equal, ${excused} known, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}${impossible ? `; ${impossible} databases no server builds` : ''}\n`)
process.exit(failed || !(passed + excused) ? 1 : 0)
