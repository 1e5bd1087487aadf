#!/usr/bin/env node
// drift.mjs - after our push the reference must find no difference between the database and the schema.
//
//   node tests/conformance/drift.mjs BELLOWS [FILTER]
//
// For every schema, and for every edit (from, then to). The server is DATABASE_URL's, else BELLOWS_TEST_URL's; the role may
// create databases. Cases under divergent/ are taken too: where the reference sees a difference that is none, or the server can
// build no such thing, the case stands in `known` with the reason; a row that is not needed is a failure.
// Exit: 0 all as expected, 1 otherwise, 64 wrong usage, 77 (aloud) the engine is not installed or there is no server.
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { listCases } from './cases.mjs'
import { dropStatements } from './drop.mjs'
import { diff, installed, readSchema } from './engine/reference.mjs'

if (!process.argv[2]) { process.stderr.write('usage: drift.mjs BELLOWS [FILTER]\n'); process.exit(64) }
const program = path.resolve(process.argv[2])
const filter = process.argv[3] ?? ''
const server = process.env.DATABASE_URL ?? process.env.BELLOWS_TEST_URL
if (!installed() || !server) { process.stdout.write('SKIPPED: no reference engine, or no DATABASE_URL\n'); process.exit(77) }

const impossible = 'no PostgreSQL can build it'
const known = {
  'divergent/bigint-and-uuid-list-defaults': 'casts on every element of a stored array are not read as a list',
  'divergent/char-and-bit-without-length': 'the stored char(1) and bit(1) count as other types than CHAR and BIT',
  'divergent/dbgenerated-not-canonical': 'expressions are compared as text with what the server stored',
  'divergent/enum-and-model-of-one-name': impossible,
  'divergent/extension-version-added': 'no extension goes back to an older version than the installed one',
  'divergent/gist-on-text': impossible,
  'divergent/hash-on-two-columns': impossible,
  'divergent/literals-the-server-prints-anew': 'values are compared as text with what the server stored',
  'divergent/names-over-63-bytes': 'names longer than the server keeps are never found again',
  'divergent/optional-id-of-ignored-model': 'wants a column of a primary key that may be null',
  'divergent/partial-index-in-list': 'the stored = ANY (ARRAY[...]) counts as another predicate than IN',
  'divergent/partial-index-negative-number': 'the stored quoted and cast -1 counts as another number',
  'divergent/raw-default-operator-classes': 'a class written as raw text never equals the one in the catalog',
  'divergent/raw-operator-classes': 'a class written as raw text never equals the one in the catalog',
  'divergent/relation-name-cut-inside-a-character': 'the reference panics on the schema',
  'divergent/unsupported-type-the-engine-knows': 'reads back as a type of the language, which counts as another',
  'divergent/uuid-literal-default': 'the cast of the stored default is not read as a literal',
  'divergent/varchar-zero': impossible,
  'edits/type-in-other-words': 'reads back as a type of the language, which counts as another',
  'edits/type-changed-under-operator-class': 'a class written as raw text never equals the one in the catalog',
}

const database = `bellows_drift_${process.pid}`
const url = (u => { u.pathname = `/${database}`; return u.toString() })(new URL(server))
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'bellows-drift-'))

function run(command, args) {
  const r = spawnSync(command, args, { encoding: 'utf8', timeout: 60000, cwd: scratch, env: { ...process.env, CI: '1', NO_COLOR: '1' } })
  if (r.status !== 0) throw new Error(`${path.basename(command)} ended with ${r.status ?? r.signal}: ${(r.stderr || String(r.error)).trim().slice(0, 600)}`)
}

const psql = (where, ...args) => run('psql', ['-X', '-q', '-A', '-t', '-v', 'ON_ERROR_STOP=1', ...args, where])
const push = schema => run(program, ['db', 'push', '--accept-data-loss', '--schema', schema, '--url', url])

const all = statements => psql(server, ...statements.flatMap(s => ['-c', s]))

// Undefined when the reference has nothing to say.
async function complaint(c) {
  all([...dropStatements(database), `CREATE DATABASE ${database}`])
  if (c.setup) psql(url, '-f', c.setup)
  for (const schema of [c.from, c.to].filter(Boolean)) {
    push(schema)
    const left = (await diff('db', { schema: readSchema(schema) }, url)).trim()
    if (left !== '-- This is an empty migration.') return `after ${path.basename(schema)}: ${left}`
  }
}

const major = Math.floor(Number(spawnSync('psql', ['-X', '-q', '-A', '-t', '-c', 'SHOW server_version_num', server], { encoding: 'utf8' }).stdout) / 10000)
let passed = 0, failed = 0, excused = 0, skipped = 0
for (const c of listCases(['schemas', 'edits', 'divergent'], filter)) {
  if (c.needs > major) { process.stdout.write(`SKIPPED ${c.label}: needs PostgreSQL ${c.needs}\n`); skipped++; continue }
  const wrong = await complaint(c).catch(e => e.message)
  const reason = known[c.label]
  if (!wrong === !reason) { if (wrong) excused++; else passed++; continue }
  failed++
  process.stdout.write(`FAILED ${c.label}: ${wrong ?? `listed (${reason}), but nothing is wrong`}\n`)
}
all(dropStatements(database))
fs.rmSync(scratch, { recursive: true })
process.stdout.write(`${passed} passed, ${failed} failed, ${excused} known, ${skipped} skipped\n`)
process.exit(failed || !(passed + excused) ? 1 : 0)
