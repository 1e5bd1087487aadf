#!/usr/bin/env node
// random_rows.mjs - the random edits of random schemas with rows in the tables: what is lost or fails must have been named before.
//
//   node tests/conformance/random_rows.mjs BELLOWS [--seed N] [--count N] [--seconds N] [--only SEED]
//
// Each case is pushed by `bellows db push --accept-data-loss` and by the reference's push, each on a database of its own with the
// same rows. Judged: did it end, or refuse; was each lost value's column, or the failure, named; is the database as it was after a
// failure. Ours may have no fault; the reference's are counted beside. Exit: 0 no fault of ours, 1 otherwise, 64 wrong usage, 77
// (aloud) no engine or no server.
import { execFile } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { diff, installed, push, validate } from './engine/reference.mjs'
import { drawCase } from './random/case.mjs'
import { stateOf } from './random/catalog.mjs'
import { Random } from './random/prng.mjs'
import { contentOf, fill, losses, sameContent } from './random/rows.mjs'
import { apply, clear, Server } from './random/server.mjs'

const options = { seed: 1, count: 100, seconds: Infinity }
const words = process.argv.slice(2)
for (let i = 1; i < words.length; i += 2) {
  const name = words[i].replace(/^--/, '')
  if (!['seed', 'count', 'seconds', 'only'].includes(name) || !Number.isFinite(Number(words[i + 1]))) usage()
  options[name] = Number(words[i + 1])
}
if (!words[0] || words[0].startsWith('--')) usage()
function usage() { process.stderr.write('usage: random_rows.mjs BELLOWS [--seed N] [--count N] [--seconds N] [--only SEED]\n'); process.exit(64) }

const url = process.env.BELLOWS_TEST_URL
if (!installed() || !url) { process.stdout.write('SKIPPED: no reference engine, or no BELLOWS_TEST_URL\n'); process.exit(77) }

const say = text => process.stdout.write(`${text}\n`)
const program = path.resolve(words[0])
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'bellows-rows-'))
const server = new Server(url, `bellows_rows_${process.pid}`)
await server.start('ours', 'theirs')

// --- the two tools: { named: [text], refused, failed } --------------------------------------------------

function ours(c, db) {
  const file = path.join(scratch, 'to.prisma')
  fs.writeFileSync(file, c.to)
  return new Promise(done => execFile(program, ['db', 'push', '--accept-data-loss', '--schema', file, '--url', db.url],
    { encoding: 'utf8', timeout: 60000, cwd: scratch, env: { PATH: process.env.PATH, NO_COLOR: '1', CI: '1' } },
    (error, stdout, stderr) => {
      const said = stdout + stderr, named = said.split('\n').filter(l => l.startsWith('  - '))
      done({ named, said, failed: /E0509/.test(said) || (error && error.code !== 1 && error.code !== 3) ? said.replace(/^[\s\S]*(?=^error\[)/m, '') : undefined, refused: Boolean(error) && !/E0509/.test(said) })
    }))
}

async function theirs(c, db) {
  let named = []
  try {
    const answer = await push(c.to, db.url, false)
    named = [...answer.warnings, ...answer.unexecutable]
    if (answer.unexecutable.length) return { named, said: '', refused: true }
    if (answer.warnings.length) await push(c.to, db.url, true)
    return { named, said: '', refused: false }
  } catch (e) { return { named, said: String(e.message ?? e), failed: String(e.message ?? e) } }
}

// --- judging --------------------------------------------------------------------------------------------

// A sentence names what stands in backticks: a column with its table, or a whole table.
const spoken = text => (text.match(/`(?:[^`])*`/g) ?? []).map(name => name.slice(1, -1))
const names = (text, name) => spoken(text).some(s => s === name || s.endsWith(`.${name}`))
const mentions = (named, { table, column }) => named.some(text => names(text, table) && (names(text, column) || spoken(text).length === 1))

// The failure is one that a sentence spoke of: the server's words are about a thing it names.
const foresaw = (named, failure) => named.some(text => [...spoken(text), ...(text.match(/\[[^\]]*\]/g) ?? []).flatMap(list => list.slice(1, -1).split(/[, `]+/))]
  .some(name => name && failure.includes(name.split('.').pop())))

async function judge(c, seed, db, tool) {
  await clear(db)
  if (c.citext) await db.client.query('CREATE EXTENSION citext')
  // What no server can build is no edit.
  if (await apply(db, c.goal) !== undefined) return undefined
  await clear(db)
  if (c.citext) await db.client.query('CREATE EXTENSION citext')
  if (await apply(db, c.script) !== undefined) return undefined
  const count = await fill(db.client, new Random(seed + 1000003))
  const before = await contentOf(db.client), state = await stateOf(db.client)
  const result = await tool(c, db)
  const after = await contentOf(db.client), faults = []
  const kind = result.failed !== undefined ? 'failed' : result.refused ? 'refused' : 'done'
  if (kind === 'done') {
    const lost = await losses(db.client, before, after)
    for (const loss of lost) if (!mentions(result.named, loss)) faults.push(`lost in silence: ${loss.table}.${loss.column}: ${loss.what}`)
    return { kind: lost.length ? 'loses' : 'keeps', faults, count }
  }
  const foreseen = kind === 'failed' ? foresaw(result.named, result.failed) : result.named.length > 0
  if (!foreseen) faults.push(`${kind} in silence: ${result.said.trim()}`)
  if (!sameContent(before, after) || JSON.stringify([...state]) !== JSON.stringify([...await stateOf(db.client)])) faults.push('half done')
  return { kind, faults, count }
}

// --- the report -----------------------------------------------------------------------------------------

const kinds = ['keeps', 'loses', 'refused', 'failed']
const titles = { keeps: 'done, every value kept', loses: 'done, values lost', refused: 'refused before anything ran', failed: 'failed at the server' }
const faultKinds = ['lost in silence', 'refused in silence', 'failed in silence', 'half done']
const totals = { ours: {}, theirs: {} }
const add = (who, what) => { totals[who][what] = (totals[who][what] ?? 0) + 1 }
let cases = 0, rows = 0

async function run(seed) {
  const c = drawCase(seed, text => validate(text).ok)
  if (!c) return
  c.script = await diff('empty', { schema: c.from })
  c.goal = await diff('empty', { schema: c.to })
  const verdicts = { ours: await judge(c, seed, server.database('ours'), ours), theirs: await judge(c, seed, server.database('theirs'), theirs) }
  if (!verdicts.ours || !verdicts.theirs) return
  cases++
  rows += verdicts.ours.count
  for (const [who, verdict] of Object.entries(verdicts)) {
    add(who, verdict.kind)
    for (const kind of faultKinds) if (verdict.faults.some(f => f.startsWith(kind))) add(who, kind)
  }
  for (const fault of verdicts.ours.faults) say(`FAULT ${seed} [${c.edits.join(' ')}] ${fault.slice(0, 900)}`)
  if (options.only !== undefined) say(`// --- from.prisma\n${c.from}\n// --- to.prisma\n${c.to}\nours: ${JSON.stringify(verdicts.ours)}\ntheirs: ${JSON.stringify(verdicts.theirs)}`)
}

const start = Date.now(), seconds = () => (Date.now() - start) / 1000
if (options.only !== undefined) await run(options.only)
else for (let seed = options.seed; seed < options.seed + options.count && seconds() < options.seconds; seed++) await run(seed)

say(`${cases} edits over ${rows} rows in ${seconds().toFixed(0)} s`.padEnd(44) + 'bellows'.padStart(12) + 'reference'.padStart(12))
const line = (title, key) => say(`  ${title}`.padEnd(44) + String(totals.ours[key] ?? 0).padStart(12) + String(totals.theirs[key] ?? 0).padStart(12))
kinds.forEach(k => line(titles[k], k))
faultKinds.forEach(k => line(`FAULT: ${k}`, k))
await server.stop()
fs.rmSync(scratch, { recursive: true })
process.exit(!cases || faultKinds.some(k => totals.ours[k]) ? 1 : 0)
