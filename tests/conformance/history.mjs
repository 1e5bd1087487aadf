#!/usr/bin/env node
// history.mjs - both tools on one migrations folder and one database, in turn: the history must read the same to either.
//
//   node tests/conformance/history.mjs BELLOWS
//
// BELLOWS: the program. The server is DATABASE_URL's (else BELLOWS_TEST_URL's); the role may create databases. Each case
// has a database of its own. Exit: 0 all as expected, 1 otherwise, 77 the engine is not installed or there is no server.
import { spawnSync } from 'node:child_process'
import assert from 'node:assert/strict'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { deploy, diagnose, installed, readMigrations, resolveApplied, resolveRolledBack } from './engine/reference.mjs'

const program = process.argv[2]
const server = process.env.DATABASE_URL ?? process.env.BELLOWS_TEST_URL
if (!program) { process.stderr.write('usage: history.mjs BELLOWS\n'); process.exit(64) }
if (!installed() || !server) { process.stdout.write('skipped: no reference engine, or no DATABASE_URL\n'); process.exit(77) }

const urlOf = database => { const u = new URL(server); u.pathname = `/${database}`; return u.toString() }

function psql(url, sql) {
  const r = spawnSync('psql', ['-X', '-q', '-A', '-t', '-v', 'ON_ERROR_STOP=1', '-c', sql, url], { encoding: 'utf8', timeout: 60000 })
  assert.equal(r.status, 0, r.stderr)
  return r.stdout.trim()
}

// --- a project on disk and its database -----------------------------------------------------------------

function project(name) {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'bellows-history-'))
  const database = `bellows_history_${process.pid}_${name.replace(/\W+/g, '_')}`.slice(0, 60)
  const schema = path.join(root, 'schema.prisma')
  const folder = path.join(root, 'migrations')
  fs.writeFileSync(schema, 'datasource db {\n  provider = "postgresql"\n  url      = env("DATABASE_URL")\n}\n')
  fs.mkdirSync(folder)
  fs.writeFileSync(path.join(folder, 'migration_lock.toml'), 'provider = "postgresql"\n')
  psql(server, `CREATE DATABASE ${database}`)
  const url = urlOf(database)
  return {
    url, folder,
    write(migration, sql) {
      fs.mkdirSync(path.join(folder, migration), { recursive: true })
      fs.writeFileSync(path.join(folder, migration, 'migration.sql'), sql)
    },
    ours(...args) {
      return spawnSync(program, ['migrate', ...args, '--schema', schema, '--url', url],
        { encoding: 'utf8', cwd: root, timeout: 60000, env: { ...process.env, DATABASE_URL: url, CI: '1', NO_COLOR: '1' } })
    },
    oursWell(...args) {
      const r = this.ours(...args)
      assert.equal(r.status, 0, `bellows migrate ${args.join(' ')}: ${r.stdout}${r.stderr}`)
      return r
    },
    theirs: () => andLetGo(deploy(readMigrations(folder), url)),
    diagnosis: () => diagnose(readMigrations(folder), url),
    theirsApplied: migrationName => andLetGo(resolveApplied(migrationName, readMigrations(folder), url)),
    theirsRolledBack: migrationName => andLetGo(resolveRolledBack(migrationName, url)),
    // What a row says, without what differs from run to run.
    rows: () => psql(url, `SELECT migration_name, checksum, applied_steps_count, finished_at IS NOT NULL, finished_at >= started_at,
      rolled_back_at IS NOT NULL, CASE WHEN logs IS NULL THEN 'none' WHEN logs = '' THEN 'empty' ELSE 'some' END,
      length(id), id ~ '^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$' FROM _prisma_migrations ORDER BY started_at`),
    columns: () => psql(url, `SELECT string_agg(concat_ws(' ', attname, format_type(atttypid, atttypmod), attnotnull, pg_get_expr(adbin, adrelid)), E'\\n' ORDER BY attnum)
      FROM pg_attribute LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum WHERE attrelid = '_prisma_migrations'::regclass AND attnum > 0`),
    end() {
      psql(server, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${database}'`)
      psql(server, `DROP DATABASE ${database}`)
      fs.rmSync(root, { recursive: true })
    },
  }
}

// The engine keeps idle connections for a moment, and with them the migration lock.
async function andLetGo(work) {
  try { return await work } finally { await new Promise(resolve => setTimeout(resolve, 500)) }
}

const cases = {}

// --- the cases ------------------------------------------------------------------------------------------

const tables = { '20240101000000_a': 'CREATE TABLE "a" (i int);\n', '20240102000000_b': 'CREATE TABLE "b" (i int);\r\nALTER TABLE "a" ADD COLUMN "j" int;\r\n', '20240103000000_ü': '-- é\nSELECT 1;' }
const fill = (p, names = Object.keys(tables)) => names.forEach(n => p.write(n, tables[n]))

function clean(d) {
  assert.deepEqual(d.failedMigrationNames, [])
  assert.deepEqual(d.editedMigrationNames, [])
  assert.equal(d.history ?? null, null)
  assert.equal(d.hasMigrationsTable, true)
  assert.ok(d.drift == null, JSON.stringify(d.drift))
}

cases['a folder applied by us is clean to the reference'] = async p => {
  fill(p)
  p.oursWell('deploy')
  clean(await p.diagnosis())
  assert.deepEqual((await p.theirs()).appliedMigrationNames, [])
  assert.equal(p.rows().split('\n').length, 3)
}

cases['a folder applied by the reference is clean to us'] = async p => {
  fill(p)
  await p.theirs()
  p.oursWell('status')
  const before = p.rows()
  p.oursWell('deploy')
  assert.equal(p.rows(), before)
}

cases['the same rows and the same table'] = async (p, other) => {
  fill(p)
  fill(other)
  p.oursWell('deploy')
  await other.theirs()
  assert.equal(p.rows(), other.rows())
  assert.equal(p.columns(), other.columns())
}

cases['begun by us, continued by the reference'] = async p => {
  fill(p, ['20240101000000_a'])
  p.oursWell('deploy')
  fill(p)
  assert.deepEqual((await p.theirs()).appliedMigrationNames, Object.keys(tables).slice(1))
  clean(await p.diagnosis())
  p.oursWell('status')
}

cases['begun by the reference, continued by us'] = async p => {
  fill(p, ['20240101000000_a'])
  await p.theirs()
  fill(p)
  p.oursWell('deploy')
  clean(await p.diagnosis())
  assert.equal(p.rows().split('\n').length, 3)
}

cases['a failure of ours stops the reference, and is resolved by it'] = async p => {
  fill(p, ['20240101000000_a'])
  p.write('20240102000000_bad', 'CREATE TABLE "c" (i int);\nSELECT nonsense;\n')
  assert.equal(p.ours('deploy').status, 1)
  assert.deepEqual((await p.diagnosis()).failedMigrationNames, ['20240102000000_bad'])
  await assert.rejects(p.theirs(), /failed/i)
  await p.theirsRolledBack('20240102000000_bad')
  p.write('20240102000000_bad', 'CREATE TABLE "c" (i int);\n')
  p.oursWell('deploy')
  clean(await p.diagnosis())
}

cases['a failure of the reference stops us, and is resolved by us'] = async p => {
  fill(p, ['20240101000000_a'])
  p.write('20240102000000_bad', 'SELECT nonsense;\n')
  await assert.rejects(p.theirs())
  const refused = p.ours('deploy')
  assert.equal(refused.status, 1)
  assert.match(refused.stderr, /P3009/)
  p.oursWell('resolve', '--rolled-back', '20240102000000_bad')
  p.write('20240102000000_bad', 'SELECT 1;\n')
  await p.theirs()
  clean(await p.diagnosis())
  p.oursWell('status')
}

cases['failed and resolved rows are the same'] = async (p, other) => {
  for (const at of [p, other]) at.write('20240101000000_bad', 'SELECT nonsense;\n')
  assert.equal(p.ours('deploy').status, 1)
  await assert.rejects(other.theirs())
  assert.equal(p.rows(), other.rows())
  p.oursWell('resolve', '--rolled-back', '20240101000000_bad')
  await other.theirsRolledBack('20240101000000_bad')
  assert.equal(p.rows(), other.rows())
  p.oursWell('resolve', '--applied', '20240101000000_bad')
  await other.theirsApplied('20240101000000_bad')
  assert.equal(p.rows(), other.rows())
}

cases['a baseline is the same'] = async (p, other) => {
  for (const at of [p, other]) { fill(at, ['20240101000000_a']); psql(at.url, 'CREATE TABLE "a" (i int)') }
  const refused = p.ours('deploy')
  assert.equal(refused.status, 1)
  assert.match(refused.stderr, /P3005/)
  await assert.rejects(other.theirs(), /empty|P3005/i)
  p.oursWell('resolve', '--applied', '20240101000000_a')
  await other.theirsApplied('20240101000000_a')
  assert.equal(p.rows(), other.rows())
  clean(await p.diagnosis())
}

cases['an edited file is seen by both'] = async p => {
  fill(p)
  p.oursWell('deploy')
  p.write('20240101000000_a', 'CREATE TABLE "a" (i bigint);\n')
  assert.deepEqual((await p.diagnosis()).editedMigrationNames, ['20240101000000_a'])
  p.oursWell('deploy')
}

cases['line ends are no edit to either'] = async p => {
  fill(p)
  await p.theirs()
  p.write('20240102000000_b', tables['20240102000000_b'].replaceAll('\r\n', '\n'))
  clean(await p.diagnosis())
  p.oursWell('status')
}

cases['phased scripts leave nothing the reference would take for drift'] = async p => {
  p.write('20240101000000_a', 'CREATE TABLE "t" (id int PRIMARY KEY, v int);\nINSERT INTO "t" SELECT generate_series(1, 3000);\n')
  p.write('20240102000000_x_1_backfill', '-- bellows: plan=1 phase=backfill script=1/2\n-- bellows: backfill table="t" key="id" batch=500\nUPDATE "t" SET v = 1 WHERE v IS NULL;\n')
  p.write('20240102000001_x_2_tighten', '-- bellows: plan=1 phase=tighten script=2/2\nCREATE INDEX CONCURRENTLY "t_v_idx" ON "t" ("v");\n')
  p.oursWell('deploy')
  clean(await p.diagnosis())
  p.oursWell('status')
}

// --- running --------------------------------------------------------------------------------------------

let failed = 0
for (const [name, run] of Object.entries(cases)) {
  const p = project(`${name} one`), other = project(`${name} two`.replace(/^/, 'o'))
  try {
    await run(p, other)
    process.stdout.write(`ok      ${name}\n`)
  } catch (e) {
    failed++
    process.stdout.write(`FAILED  ${name}: ${e.message}\n`)
  } finally { p.end(); other.end() }
}
process.stdout.write(`${Object.keys(cases).length - failed} of ${Object.keys(cases).length}\n`)
process.exit(failed ? 1 : 0)
