#!/usr/bin/env node
// record.mjs - records what the reference engine answers to every case, and proves on a database that the answer works.
//
//   node tests/conformance/record.mjs [--filter S] [--check] [--offline]
//
//   --filter S   only cases whose group/name contains S
//   --check      write nothing; a recorded file that differs is a failure
//   --offline    record only, prove nothing (no database needed)
//
// The proof, in a database of its own for each case (server: DATABASE_URL, a role that may create databases):
// setup.sql if there is one; the script that makes `from` out of nothing; the recorded script; then the engine must
// find no difference between that database and `to`. The recorded script is run twice, in two databases: statement by
// statement, and as one transaction, because that is how migrations are applied. A schema or an edit must pass both;
// a case under divergent/ must fail one, and the failure is printed beside it. Only where the engine itself does not
// see what changed can nothing fail: such a why.txt starts with "Blind:". And where its script works but loses what could
// be kept, an empty database does not show it: such a why.txt starts with "Keeps:".
// Exit: 0 all as expected, 1 otherwise, 77 the engine is not installed.
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import { parseArgs } from 'node:util'
import { listCases } from './cases.mjs'
import { dropStatements } from './drop.mjs'
import { diff, installed, readSchema, validate } from './engine/reference.mjs'

const { values: options } = parseArgs({
  options: { filter: { type: 'string', default: '' }, check: { type: 'boolean' }, offline: { type: 'boolean' } },
})
const EMPTY = '-- This is an empty migration.'

// --- the database ---------------------------------------------------------------------------------------

const server = process.env.DATABASE_URL
const urlOf = database => { const u = new URL(server); u.pathname = `/${database}`; return u.toString() }

function psql(url, args, input) {
  const r = spawnSync('psql', ['-X', '-q', '-v', 'ON_ERROR_STOP=1', ...args, url], { input, encoding: 'utf8', timeout: 60000 })
  if (r.error) throw r.error
  if (r.status !== 0) throw new Error(r.stderr.trim().split('\n').find(l => /ERROR/.test(l)) ?? r.stderr.trim())
}

async function inOwnDatabase(use) {
  const name = `conformance_corpus_${process.pid}`
  psql(server, ['-c', `CREATE DATABASE ${name}`])
  try { return await use(urlOf(name)) } finally { for (const statement of dropStatements(name)) psql(server, ['-c', statement]) }
}

// --- one case -------------------------------------------------------------------------------------------

// What goes wrong when the script is applied to a database that looks like `from`; undefined if nothing does.
const failure = (c, from, to, script, asOne) => inOwnDatabase(async url => {
  if (c.setup) psql(url, ['-f', c.setup])
  if (from) psql(url, ['-f', '-'], await diff('empty', from))
  try { psql(url, [...(asOne ? ['-1'] : []), '-f', '-'], script) } catch (e) { return e.message }
  const rest = (await diff('db', to, url)).trim()
  return rest === EMPTY ? undefined : `left over: ${rest.split('\n').filter(l => !l.startsWith('-- ')).join(' ').slice(0, 160)}`
})

async function prove(c, from, to, script) {
  // A script with its own BEGIN and COMMIT cannot run inside another transaction, and need not.
  const modes = /^BEGIN;$/m.test(script) ? [false] : [false, true]
  for (const asOne of modes) {
    const wrong = await failure(c, from, to, script, asOne)
    if (wrong) return asOne ? `as one transaction: ${wrong}` : wrong
  }
}

function keep(file, script) {
  const old = fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : undefined
  if (old === script) return
  if (options.check) throw new Error('expected.sql is not what the engine says now')
  fs.writeFileSync(file, script)
}

async function record(c) {
  const [from, to] = [c.from, c.to].map(p => p && { schema: readSchema(p) })
  for (const s of [from, to].filter(Boolean)) {
    const verdict = validate(s.schema)
    if (!verdict.ok) throw new Error(verdict.errors.map(e => `${e.file}:${e.line} ${e.text}`).join('; '))
  }
  const script = await diff(from ?? 'empty', to).catch(e => {
    if (c.group === 'divergent' && /panicked/.test(e.message)) return undefined
    throw e
  })
  if (script === undefined) return 'the engine panics'
  keep(c.expected, script)
  if (options.offline) return
  const wrong = await prove(c, from, to, script)
  if (c.group !== 'divergent') { if (wrong) throw new Error(wrong); return }
  const why = fs.readFileSync(`${c.dir}/why.txt`, 'utf8')
  if (!wrong && !/^(Blind|Keeps):/.test(why)) throw new Error('the script works: this belongs under edits/ or schemas/')
  return wrong ?? why.trim()
}

async function main() {
  if (!installed()) { process.stderr.write('run first: (cd tests/conformance/engine && npm install)\n'); return 77 }
  if (!server && !options.offline) { process.stderr.write('set DATABASE_URL to a server for experiments, or say --offline\n'); return 1 }
  const cases = listCases(['schemas', 'edits', 'divergent'], options.filter)
  let failed = 0
  for (const c of cases) {
    try {
      const note = await record(c)
      if (note) process.stdout.write(`${c.label}: diverges: ${note}\n`)
    } catch (e) { failed++; process.stdout.write(`FAILED ${c.label}: ${e.message}\n`) }
  }
  process.stdout.write(`${cases.length - failed} recorded, ${failed} failed\n`)
  return failed ? 1 : 0
}

main().then(code => process.exit(code))
