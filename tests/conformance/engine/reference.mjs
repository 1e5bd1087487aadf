#!/usr/bin/env node
// reference.mjs - drives the reference engine (Prisma's own, as WebAssembly), so that its answers can be compared with ours.
//
//   node reference.mjs validate SCHEMA          verdict as JSON {ok, errors, warnings}; exit 1 if invalid
//   node reference.mjs dmmf SCHEMA              the document generators receive
//   node reference.mjs diff FROM TO             SQL script
//   node reference.mjs pull [SCHEMA]            introspected schema
//   node reference.mjs push SCHEMA              makes the database match the schema (accepts data loss)
//   node reference.mjs deploy DIR               applies a migrations directory
//   node reference.mjs diagnose DIR             migration history diagnosis as JSON
//   node reference.mjs serve                    one JSON request a line on stdin, one JSON answer a line on stdout:
//                                               {"id":1,"op":"diff","url":"postgresql://...","from":"empty","to":{"schema":"text"}}
//                                               -> {"id":1,"result":...} or {"id":1,"error":"..."}
//
// FROM and TO: empty | db | a schema file | a directory of schema files | a directory of migrations.
// SCHEMA: a .prisma file or a directory of them. The datasource's url lines are dropped, because this engine refuses
// them: the database is the request's `url`, else DATABASE_URL. Comparing two schemas (or empty with a schema) needs
// no database: the engine is then given a stand-in that only tells it a server version.
// Migrations directories need the right to create a shadow database.
import fs from 'node:fs'
import path from 'node:path'
import readline from 'node:readline'
import { createRequire } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'

const here = path.dirname(fileURLToPath(import.meta.url))
const require = createRequire(import.meta.url)

export const installed = () =>
  ['adapter-pg', 'driver-adapter-utils', 'prisma-schema-wasm', 'schema-engine-wasm']
    .every(p => fs.existsSync(path.join(here, 'node_modules/@prisma', p, 'package.json')))

// --- what is read from disk -----------------------------------------------------------------------------

const stripUrls = text => text.replace(/^[ \t]*(url|directUrl|shadowDatabaseUrl)[ \t]*=[^\r\n]*$/gm, '')

export function readSchema(p) {
  const one = (file, name) => ({ path: name, content: stripUrls(fs.readFileSync(file, 'utf8')) })
  if (!fs.statSync(p).isDirectory()) return [one(p, path.basename(p))]
  return fs.readdirSync(p, { recursive: true }).filter(f => f.endsWith('.prisma')).sort().map(f => one(path.join(p, f), f))
}

const schemaFiles = s => typeof s === 'string' ? [{ path: 'schema.prisma', content: stripUrls(s) }] : s

export function readMigrations(dir) {
  const lock = path.join(dir, 'migration_lock.toml')
  const names = fs.readdirSync(dir, { withFileTypes: true }).filter(e => e.isDirectory()).map(e => e.name).sort()
  const script = f => fs.existsSync(f) ? { tag: 'ok', value: fs.readFileSync(f, 'utf8') } : { tag: 'error', value: 'missing' }
  return {
    baseDir: path.resolve(dir),
    lockfile: { path: 'migration_lock.toml', content: fs.existsSync(lock) ? fs.readFileSync(lock, 'utf8') : null },
    shadowDbInitScript: '',
    migrationDirectories: names.map(n => ({
      path: n, migrationFile: { path: 'migration.sql', content: script(path.join(dir, n, 'migration.sql')) },
    })),
  }
}

// --- schema language ------------------------------------------------------------------------------------

export function validate(schema) {
  const psl = require('@prisma/prisma-schema-wasm/src/prisma_schema_build.js')
  const files = schemaFiles(schema).map(f => [f.path, f.content])
  let warnings = []
  try {
    warnings = JSON.parse(psl.lint(JSON.stringify(files))).filter(d => d.is_warning).map(d => d.text)
  } catch { /* lint refuses what validate reports below */ }
  try {
    psl.validate(JSON.stringify({ prismaSchema: files, noColor: true }))
    return { ok: true, errors: [], warnings }
  } catch (e) {
    return { ok: false, errors: errorsOf(String(e.message ?? e)), warnings }
  }
}

function errorsOf(answer) {
  let message = answer
  try { message = JSON.parse(answer).message } catch { /* plain text */ }
  const errors = message.split(/^(?=error: )/m).filter(s => s.startsWith('error: ')).map(s => {
    const at = s.match(/-->\s+(\S+?):(\d+)/)
    return { text: s.split('\n')[0].slice(7), file: at?.[1], line: at ? Number(at[2]) : undefined }
  })
  return errors.length ? errors : [{ text: message }]
}

// Throws what validate() reports when the schema is not valid.
export function dmmf(schema) {
  const psl = require('@prisma/prisma-schema-wasm/src/prisma_schema_build.js')
  return JSON.parse(psl.get_dmmf(JSON.stringify({ prismaSchema: schemaFiles(schema).map(f => [f.path, f.content]) })))
}

// The same of version 6, which knows preview features that are gone since and demands a url in the datasource.
export function dmmfOfSix(schema) {
  const psl = require('prisma-schema-wasm-6/src/prisma_schema_build.js')
  const withUrl = text => text.replace(/^[ \t]*datasource\b[^{\r\n]*\{/m, head => `${head}\n  url = "postgresql://x/y"`)
  return JSON.parse(psl.get_dmmf(JSON.stringify({ prismaSchema: schemaFiles(schema).map(f => [f.path, withUrl(f.content)]) })))
}

// --- the database, or a stand-in ------------------------------------------------------------------------

// Answers the engine's first question (does the schema exist, which version is this) and refuses all others.
function offlineConnection() {
  const refuse = q => { throw new Error(`no database in an offline comparison: ${q.sql ?? q}`) }
  return {
    provider: 'postgres', adapterName: 'offline',
    async queryRaw(q) {
      if (!q.sql.includes('version()')) refuse(q)
      return { columnNames: ['exists', 'version', 'numeric_version'], columnTypes: [5, 7, 0], rows: [[true, 'PostgreSQL 15.0', 150000]] }
    },
    executeRaw: async q => refuse(q), executeScript: async q => refuse(q), startTransaction: async () => refuse('BEGIN'),
    getConnectionInfo: () => ({ schemaName: 'public', supportsRelationJoins: true, maxBindValues: 32766 }),
    dispose: async () => {},
  }
}

const offlineFactory = {
  provider: 'postgres', adapterName: 'offline',
  connect: async () => offlineConnection(), connectToShadowDb: async () => offlineConnection(),
}

// The driver adapter refuses columns of the one-byte type "char", which the engine's own catalog queries return.
function tellCharAsText() {
  const Result = require('pg/lib/result')
  const addFields = Result.prototype.addFields
  Result.prototype.addFields = function (fields) {
    for (const f of fields) if (f.dataTypeID === 18) f.dataTypeID = 25
    return addFields.call(this, fields)
  }
}

// The driver adapter still holds its connection to a shadow database when it drops it. (WITH (FORCE) is there since 13 only.)
function dropShadowsByForce() {
  const ours = /^DROP DATABASE "(prisma_migrate_shadow_db_[^"]*)"$/
  const { Client } = require('pg')
  const query = Client.prototype.query
  Client.prototype.query = function (q, ...rest) {
    const [, name] = ours.exec(q?.text ?? q) ?? []
    if (!name) return query.call(this, q, ...rest)
    const alone = query.call(this, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`)
    return alone.then(() => query.call(this, q, ...rest))
  }
}

// For programs that ask about few databases many times: a connection per database, instead of a new one per question.
let pools
export function keepConnections() { pools ??= new Map() }

function keptPool(url, config) {
  if (!pools.has(url)) {
    const { Pool } = require('pg')
    pools.set(url, new Pool({ ...config, idleTimeoutMillis: 0 }).setMaxListeners(0).on('error', () => {}))
  }
  return pools.get(url)
}

let patched = false
async function databaseFactory(url) {
  if (!patched) { tellCharAsText(); dropShadowsByForce(); patched = true }
  const { PrismaPg } = await import('@prisma/adapter-pg')
  const u = new URL(url)
  // Named one by one: a connectionString would win over the shadow database's name.
  const config = {
    host: u.searchParams.get('host') ?? decodeURIComponent(u.hostname), port: Number(u.port || 5432),
    user: decodeURIComponent(u.username), password: decodeURIComponent(u.password), database: u.pathname.slice(1),
    max: 2, idleTimeoutMillis: 100, // the engine never closes its pools
  }
  return withWholeScripts(new PrismaPg(pools ? keptPool(url, config) : config, {
    schema: u.searchParams.get('schema') ?? undefined, onPoolError: () => {}, onConnectionError: () => {},
  }))
}

// The engine reads this one column as a character, not as text: without it every check constraint, and in PostgreSQL 18 every
// NOT NULL, is a panic.
const withConstraintTypes = queryRaw => async q => {
  const CHARACTER = 6 // ColumnTypeEnum of the driver adapters
  const result = await queryRaw(q)
  const columnTypes = result.columnTypes?.map((type, i) => result.columnNames[i] === 'constraint_type' ? CHARACTER : type)
  return { ...result, columnTypes }
}

// The driver adapter cuts a script at every semicolon, also inside comments and bodies of functions. The engine of the command
// line does not: it sends the script as one message, and so do we.
function withWholeScripts(factory) {
  const whole = connection => Object.assign(connection, {
    queryRaw: withConstraintTypes(connection.queryRaw.bind(connection)),
    executeScript: script => connection.client.query(script).then(() => {}, e => connection.onError(e)),
  })
  for (const how of ['connect', 'connectToShadowDb']) {
    const connect = factory[how].bind(factory)
    factory[how] = async () => whole(await connect())
  }
  return factory
}

// --- the engine -----------------------------------------------------------------------------------------

// A panic surfaces as an uncaught exception, the question it came from is never answered, and the instance is unusable
// after it: the question fails with the panic's own message, and the next one gets a new instance.
let loaded, panic, abandon, instances = 0
globalThis.PRISMA_WASM_PANIC_REGISTRY = { set_message(text) { panic = text } }

function catchPanics() {
  process.on('uncaughtException', e => {
    if (e.code === '57P01') return // a database was dropped by force under an idle connection
    if (e instanceof WebAssembly.RuntimeError && abandon) return abandon(new Error(`the engine panicked: ${panic?.split('\n').slice(0, 2).join(' ')}`))
    process.stderr.write(`${e.stack}\n`)
    process.exit(1)
  })
}

async function loadEngine() {
  if (loaded) return loaded
  if (!process.listenerCount('uncaughtException')) catchPanics()
  const home = path.dirname(require.resolve('@prisma/schema-engine-wasm'))
  // A module of its own for each instance: the glue code keeps views into the memory of the first one it sees.
  const bg = await import(`${pathToFileURL(path.join(home, 'schema_engine_bg.js'))}?instance=${++instances}`)
  const wasm = fs.readFileSync(path.join(home, 'schema_engine_bg.wasm'))
  const instance = new WebAssembly.Instance(new WebAssembly.Module(wasm), { './schema_engine_bg.js': bg })
  bg.__wbg_set_wasm(instance.exports)
  instance.exports.__wbindgen_start()
  const { bindMigrationAwareSqlAdapterFactory: bind } = await import('@prisma/driver-adapter-utils')
  loaded = { bg, bind }
  return loaded
}

const datasource = [{ path: 'schema.prisma', content: 'datasource db {\n  provider = "postgresql"\n}\n' }]
const filters = { externalTables: [], externalEnums: [] }

export async function withEngine({ files = datasource, url, offline = false }, use) {
  const { bg, bind } = await loadEngine()
  const address = url ?? process.env.DATABASE_URL
  if (!offline && !address) throw new Error('this needs a database: set DATABASE_URL')
  const adapter = bind(offline ? offlineFactory : await databaseFactory(address))
  const panicked = new Promise((_, reject) => { abandon = e => { loaded = undefined; reject(e) } })
  const answer = (async () => {
    const engine = await bg.SchemaEngine.new({ datamodels: files.map(f => [f.path, f.content]) }, () => {}, adapter)
    try { return await use(engine) } finally { engine.free() }
  })()
  return Promise.race([answer, panicked])
}

async function connected(url, database, use) {
  const { Client } = require('pg')
  const u = new URL(url)
  const client = new Client({ host: u.searchParams.get('host') ?? decodeURIComponent(u.hostname), port: Number(u.port || 5432),
    user: decodeURIComponent(u.username), password: decodeURIComponent(u.password), database: database ?? decodeURIComponent(u.pathname.slice(1)) })
  await client.connect()
  try { return await use(client) } finally { await client.end() }
}

export const canConnect = url => connected(url, undefined, () => {})
export async function createDatabase(url) {
  const databaseName = decodeURIComponent(new URL(url).pathname.slice(1))
  await connected(url, 'postgres', client => client.query(`CREATE DATABASE "${databaseName.replaceAll('"', '""')}"`))
  return { databaseName }
}

// A copy with all rows, gone afterwards; nobody may be connected to the original meanwhile.
export async function onCopy(url, use) {
  const u = new URL(url), name = decodeURIComponent(u.pathname.slice(1)), copy = `${name}_copy`
  const alone = n => `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${n}'`
  const all = async statements => connected(url, 'postgres', async client => { for (const s of statements) await client.query(s) })
  await all([alone(name), `CREATE DATABASE "${copy}" TEMPLATE "${name}"`])
  u.pathname = `/${copy}`
  try { return await use(u.toString()) } finally { await all([alone(copy), `DROP DATABASE "${copy}"`]) }
}

function target(t, other) {
  if (t === 'empty') return { tag: 'empty' }
  if (t === 'db') return { tag: 'schemaDatasource', files: other?.schema ? schemaFiles(other.schema) : datasource, configDir: here }
  if (t.migrations) return { tag: 'migrations', ...t.migrations }
  return { tag: 'schemaDatamodel', files: schemaFiles(t.schema) }
}

export async function diff(from, to, url) {
  const schema = [to, from].find(t => t?.schema)?.schema
  const offline = [from, to].every(t => t === 'empty' || t.schema)
  const input = { from: target(from, to), to: target(to, from), script: true, exitCode: true, filters }
  return withEngine({ files: schema && schemaFiles(schema), url, offline }, async e => (await e.diff(input)).stdout ?? '')
}

export async function push(schema, url, force = true) {
  const files = schemaFiles(schema)
  return withEngine({ files, url }, e => e.schemaPush({ force, schema: { files }, filters }))
}

// `schema`: a text, files, or nothing. `force`: nothing of it is kept but the configuration. `namespaces`: schemas to read.
export async function pullFiles(schema, url, { force = !schema, namespaces = null } = {}) {
  const files = schema ? schemaFiles(schema) : datasource
  const input = { schema: { files }, baseDirectoryPath: here, force, compositeTypeDepth: -1, namespaces }
  const r = await withEngine({ files, url }, e => e.introspect(input))
  return { files: r.schema.files, views: r.views ?? [], warnings: r.warnings }
}

export async function pull(schema, url, options) {
  const r = await pullFiles(schema, url, options)
  return { schema: r.files.map(f => f.content).join('\n'), warnings: r.warnings }
}

export const deploy = (migrationsList, url) => withEngine({ url }, e => e.applyMigrations({ migrationsList, filters }))
export const diagnose = (migrationsList, url) =>
  withEngine({ url }, e => e.diagnoseMigrationHistory({ migrationsList, optInToShadowDatabase: true, filters }))

// --- command line ---------------------------------------------------------------------------------------

const holdsSchema = dir => fs.readdirSync(dir, { recursive: true }).some(f => f.endsWith('.prisma'))

export const resolveApplied = (migrationName, migrationsList, url) =>
  withEngine({ url }, e => e.markMigrationApplied({ migrationName, migrationsList }))
export const resolveRolledBack = (migrationName, url) => withEngine({ url }, e => e.markMigrationRolledBack({ migrationName }))

export const side = a => a === 'empty' || a === 'db' ? a
  : fs.statSync(a).isDirectory() && !holdsSchema(a) ? { migrations: readMigrations(a) } : { schema: readSchema(a) }

async function serve() {
  const ops = {
    validate: q => validate(q.schema), dmmf: q => dmmf(q.schema), diff: q => diff(q.from, q.to, q.url), push: q => push(q.schema, q.url, q.force ?? true),
    pull: q => pull(q.schema, q.url), deploy: q => deploy(readMigrations(q.dir), q.url),
    diagnose: q => diagnose(readMigrations(q.dir), q.url),
  }
  for await (const line of readline.createInterface({ input: process.stdin })) {
    if (!line.trim()) continue
    let q = {}, answer
    try { q = JSON.parse(line); answer = { id: q.id, result: await ops[q.op](q) } }
    catch (e) { answer = { id: q.id, error: String(e.message ?? e) } }
    process.stdout.write(JSON.stringify(answer) + '\n')
  }
}

async function main([op, ...args]) {
  const print = s => process.stdout.write(typeof s === 'string' ? s : JSON.stringify(s, null, 2) + '\n')
  switch (op) {
    case 'validate': { const r = validate(readSchema(args[0])); print(r); return r.ok ? 0 : 1 }
    case 'dmmf': print(dmmf(readSchema(args[0]))); return 0
    case 'diff': print(await diff(side(args[0]), side(args[1]))); return 0
    case 'pull': { const r = await pull(args[0] && readSchema(args[0])); print(r.schema); return 0 }
    case 'push': print(await push(readSchema(args[0]))); return 0
    case 'deploy': print(await deploy(readMigrations(args[0]))); return 0
    case 'diagnose': print(await diagnose(readMigrations(args[0]))); return 0
    case 'serve': await serve(); return 0
    default: process.stderr.write('usage: see the head of reference.mjs\n'); return 2
  }
}

if (process.argv[1] && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url))
  main(process.argv.slice(2)).then(c => process.exit(c), e => { process.stderr.write(`${e.message ?? e}\n`); process.exit(1) })
