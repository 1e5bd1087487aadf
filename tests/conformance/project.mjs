// project.mjs - a migrations folder, its database, and both tools on them; for the tests that use the tools in turn.
//
// BELLOWS is the first argument of the program that imports this; the server is DATABASE_URL's, else BELLOWS_TEST_URL's; the
// role may create databases. Each case has as many projects, with a database each, as it takes. Exit: 0 all as expected, 1 otherwise, 64 wrong
// usage, 77 (aloud) the engine is not installed or there is no server.
import { spawnSync } from 'node:child_process'
import assert from 'node:assert/strict'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { dropStatements } from './drop.mjs'
import { deploy, diagnose, diff, installed, readMigrations, resolveApplied, resolveRolledBack } from './engine/reference.mjs'

if (!process.argv[2]) { process.stderr.write(`usage: ${path.basename(process.argv[1])} BELLOWS\n`); process.exit(64) }
const program = path.resolve(process.argv[2])
const server = process.env.DATABASE_URL ?? process.env.BELLOWS_TEST_URL
if (!installed() || !server) { process.stdout.write('SKIPPED: no reference engine, or no DATABASE_URL\n'); process.exit(77) }

const urlOf = database => { const u = new URL(server); u.pathname = `/${database}`; return u.toString() }

function run(command, args) {
  const r = spawnSync(command, args, { encoding: 'utf8', timeout: 60000, maxBuffer: 1 << 26 })
  assert.equal(r.status, 0, r.stderr ?? String(r.error))
  return r.stdout.trim()
}

export const psql = (url, sql) => run('psql', ['-X', '-q', '-A', '-t', '-v', 'ON_ERROR_STOP=1', '-c', sql, url])

const shapeOf = fileURLToPath(new URL('../harness/shape.sql', import.meta.url))
const content = `SELECT c.oid::regclass, query_to_xml(format('SELECT * FROM %s AS t ORDER BY t::text', c.oid::regclass), true, false, '')
  FROM pg_class AS c WHERE c.relkind = 'r' AND c.oid >= 16384 AND c.relname <> '_prisma_migrations' ORDER BY c.relname, c.oid`

export const dropDatabase = (server, name) => run('psql', ['-X', '-q', '-A', '-t', '-v', 'ON_ERROR_STOP=1', ...dropStatements(name).flatMap(s => ['-c', s]), server])

// --- a project on disk and its database -----------------------------------------------------------------

const datasource = 'datasource db {\n  provider = "postgresql"\n  url      = env("DATABASE_URL")\n}\n'

function project(test, name) {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), `bellows-${test}-`))
  const database = `bellows_${test}_${process.pid}_${name.replace(/\W+/g, '_')}`.slice(0, 60)
  const schema = path.join(root, 'schema.prisma')
  const folder = path.join(root, 'migrations')
  fs.writeFileSync(schema, datasource)
  fs.mkdirSync(folder)
  fs.writeFileSync(path.join(folder, 'migration_lock.toml'), 'provider = "postgresql"\n')
  psql(server, `CREATE DATABASE ${database}`)
  const url = urlOf(database)
  return {
    url, folder,
    schema: text => fs.writeFileSync(schema, datasource + text),
    write(migration, sql) {
      fs.mkdirSync(path.join(folder, migration), { recursive: true })
      fs.writeFileSync(path.join(folder, migration, 'migration.sql'), sql)
    },
    migrations: () => fs.readdirSync(folder, { withFileTypes: true }).filter(e => e.isDirectory()).map(e => e.name).sort(),
    // Every file of every migration, by the migration's name; and some of them put here.
    files() {
      const of = m => Object.fromEntries(fs.readdirSync(path.join(folder, m)).map(f => [f, fs.readFileSync(path.join(folder, m, f))]))
      return Object.fromEntries(this.migrations().map(m => [m, of(m)]))
    },
    put(files, names) {
      for (const n of names) {
        fs.mkdirSync(path.join(folder, n), { recursive: true })
        for (const [file, bytes] of Object.entries(files[n])) fs.writeFileSync(path.join(folder, n, file), bytes)
      }
    },
    bellows(...args) {
      return spawnSync(program, [...args, '--schema', schema, '--url', url],
        { encoding: 'utf8', cwd: root, timeout: 60000, env: { ...process.env, DATABASE_URL: url, CI: '1', NO_COLOR: '1' } })
    },
    ours(...args) { return this.bellows('migrate', ...args) },
    oursWell(...args) { return this.well('migrate', ...args) },
    well(...args) {
      const r = this.bellows(...args)
      assert.equal(r.status, 0, `bellows ${args.join(' ')}: ${r.error ?? ''}${r.stdout}${r.stderr}`)
      return r
    },
    theirs: () => andLetGo(deploy(readMigrations(folder), url), url),
    diagnosis: () => diagnose(readMigrations(folder), url),
    theirsApplied: migrationName => andLetGo(resolveApplied(migrationName, readMigrations(folder), url), url),
    theirsRolledBack: migrationName => andLetGo(resolveRolledBack(migrationName, url), url),
    theirDrift: () => diff({ migrations: readMigrations(folder) }, 'db', url),
    // What a row says, without what differs from run to run.
    rows: () => psql(url, `SELECT migration_name, checksum, applied_steps_count, finished_at IS NOT NULL, finished_at >= started_at,
      rolled_back_at IS NOT NULL, CASE WHEN logs IS NULL THEN 'none' WHEN logs = '' THEN 'empty' ELSE 'some' END,
      length(id), id ~ '^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$' FROM _prisma_migrations ORDER BY started_at`),
    columns: () => psql(url, `SELECT string_agg(concat_ws(' ', attname, format_type(atttypid, atttypmod), attnotnull, pg_get_expr(adbin, adrelid)), E'\\n' ORDER BY attnum)
      FROM pg_attribute LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum WHERE attrelid = '_prisma_migrations'::regclass AND attnum > 0`),
    // As a person with psql would: each script in turn, each statement a transaction of its own.
    byHand(names) { names.forEach(n => run('psql', ['-X', '-q', '-v', 'ON_ERROR_STOP=1', '-f', path.join(folder, n, 'migration.sql'), url])) },
    // Not pg_dump: it refuses servers newer than itself.
    shape: () => run('psql', ['-X', '-q', '-A', '-t', '-v', 'ON_ERROR_STOP=1', '-f', shapeOf, url]),
    content: () => psql(url, content),
    end() {
      dropDatabase(server, database)
      fs.rmSync(root, { recursive: true })
    },
  }
}

// The engine keeps idle connections for a moment, and with them the migration lock: it is waited for, ten seconds at most.
const locks = `SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`
async function andLetGo(work, url) {
  try { return await work } finally {
    for (let i = 0; i < 500 && psql(url, locks) !== '0'; i++) await new Promise(resolve => setTimeout(resolve, 20))
  }
}

// --- what cases need ------------------------------------------------------------------------------------

export const tables = { '20240101000000_a': 'CREATE TABLE "a" (i int);\n', '20240102000000_b': 'CREATE TABLE "b" (i int);\r\nALTER TABLE "a" ADD COLUMN "j" int;\r\n', '20240103000000_ü': '-- é\nSELECT 1;' }
export const fill = (p, names = Object.keys(tables)) => names.forEach(n => p.write(n, tables[n]))

// The reference has nothing to say: not of the history, and not of the database the migrations made.
export async function clean(p) {
  const d = await p.diagnosis()
  assert.deepEqual(d.failedMigrationNames, [])
  assert.deepEqual(d.editedMigrationNames, [])
  assert.equal(d.history ?? null, null)
  assert.equal(d.hasMigrationsTable, true)
  assert.equal((await p.theirDrift()).trim(), '-- This is an empty migration.')
}

export async function runCases(test, cases) {
  let failed = 0
  for (const [name, run] of Object.entries(cases)) {
    const projects = ['a', 'b', 'c'].slice(0, run.length).map(which => project(test, `${which} ${name}`))
    try {
      await run(...projects)
      process.stdout.write(`ok      ${name}\n`)
    } catch (e) {
      failed++
      process.stdout.write(`FAILED  ${name}: ${e.message}\n`)
    } finally { projects.forEach(p => p.end()) }
  }
  const count = Object.keys(cases).length
  process.stdout.write(`${count - failed} passed, ${failed} failed\n`)
  process.exit(failed || !count ? 1 : 0)
}
