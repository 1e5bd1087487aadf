#!/usr/bin/env node
// bench.mjs - deploys that are struck at a random instant, and what is left of them.
//
//   node tests/faults/bench.mjs BELLOWS [--seed N] [--count N] [--only N] [--pairs N]
//
// A folder of 30 scripts of every kind is deployed to a new database while one of these happens: SIGKILL, SIGTERM or SIGINT of
// bellows, pg_terminate_backend, the connection cut (bellows talks through a proxy of ours), SIGKILL of the whole server. Then
// deploy is run again until it is done. Schema, rows and history must be those of an undisturbed deploy, and nothing may be left:
// invalid indexes, stored positions, locks, sessions, files. Then two commands at once, in pairs: one works, the other waits, or
// exits 75. The server is a private one of bellows' own, in a folder of ours. Exit: 0, 1 a fault, 64 usage, 77 no server.
import { spawn, spawnSync } from 'node:child_process'
import fs from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { Random } from '../conformance/random/prng.mjs'
import { scripts } from './scripts.mjs'

const options = { seed: 1, count: 8, only: 0, pairs: 4 }
const words = process.argv.slice(2)
if (!words[0] || words[0].startsWith('--')) usage()
for (let i = 1; i < words.length; i += 2) {
  const name = words[i].replace(/^--/, '')
  if (!(name in options) || !Number.isFinite(Number(words[i + 1]))) usage()
  options[name] = Number(words[i + 1])
}
function usage() { process.stderr.write('usage: bench.mjs BELLOWS [--seed N] [--count N] [--only N] [--pairs N]\n'); process.exit(64) }

const say = text => process.stdout.write(`${text}\n`)
const nap = ms => new Promise(resolve => setTimeout(resolve, ms))
const bellows = path.resolve(words[0])
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'bellows-faults-'))
fs.chmodSync(scratch, 0o755)
const project = path.join(scratch, 'project')
const temporary = path.join(scratch, 'tmp')
const migrations = path.join(project, 'prisma/migrations')
const here = path.dirname(new URL(import.meta.url).pathname)
const faults = []

// --- the world -----------------------------------------------------------------------------------------------------------------
const environment = { ...process.env, NO_COLOR: '1', CI: '1', TMPDIR: temporary }
for (const name of ['DATABASE_URL', 'SHADOW_DATABASE_URL', 'GITHUB_ACTIONS']) delete environment[name]
const psqlProgram = ['', ...fs.readdirSync('/usr/lib/postgresql', { withFileTypes: true }).map(e => `/usr/lib/postgresql/${e.name}/bin/`)]
  .map(folder => `${folder}psql`).reverse().find(file => file === 'psql' || fs.existsSync(file))

const schema = `datasource db {\n  provider = "postgresql"\n}\n\nmodel Note {\n  id Int @id\n}\n`
fs.mkdirSync(migrations, { recursive: true })
fs.mkdirSync(temporary)
fs.chmodSync(temporary, 0o777)
fs.writeFileSync(path.join(project, 'prisma/schema.prisma'), schema)
fs.writeFileSync(path.join(migrations, 'migration_lock.toml'), 'provider = "postgresql"\n')
scripts.forEach(([name, sql], i) => {
  const folder = path.join(migrations, `202501010000${String(i).padStart(2, '0')}_${name}`)
  fs.mkdirSync(folder)
  fs.writeFileSync(path.join(folder, 'migration.sql'), sql)
})

const call = (args, extra = {}) => spawnSync(bellows, args, { cwd: extra.cwd ?? project, env: { ...environment, ...extra.env }, encoding: 'utf8', timeout: 120000, input: '' })
function startServer() {
  for (let i = 0; i < 50; i++) {
    const started = call(['server', 'start'])
    if (started.status === 0) return
    if (i === 49) { say(`SKIPPED: no private server: ${started.stderr}`); finish(77) }
    spawnSync('sleep', ['0.2'])
  }
}
function finish(code) {
  call(['server', 'stop', '--remove'])
  fs.rmSync(scratch, { recursive: true, force: true })
  process.exit(code)
}
process.on('SIGINT', () => finish(130))
process.on('SIGTERM', () => finish(143))
startServer()
const socket = path.join(project, '.bellows/postgres/socket')
const url = (database, host = socket) => `postgresql://postgres@localhost/${database}?host=${host}&connect_timeout=60` // the machine may be busy
function sql(database, text) {
  const done = spawnSync(psqlProgram, ['-X', '-q', '-At', '-v', 'ON_ERROR_STOP=1', '-d', url(database)], { input: text, encoding: 'utf8' })
  return done.status === 0 ? done.stdout.trim() : `failed: ${done.stderr.trim()}`
}

// --- the proxy -----------------------------------------------------------------------------------------------------------------
const middle = path.join(scratch, 'middle')
fs.mkdirSync(middle)
const links = new Set()
const proxy = net.createServer({ allowHalfOpen: false }, client => {
  const there = net.connect(path.join(socket, '.s.PGSQL.5432'))
  const link = () => { client.destroy(); there.destroy(); links.delete(link) }
  links.add(link)
  for (const end of [client, there]) end.on('error', link).on('close', link)
  client.pipe(there).pipe(client)
})
await new Promise(resolve => proxy.listen(path.join(middle, '.s.PGSQL.5432'), resolve))
proxy.unref()

// --- what a database holds -----------------------------------------------------------------------------------------------------
const shape = fs.readFileSync(path.join(here, '../harness/shape.sql'), 'utf8')
const rowsSql = `SELECT string_agg(format('SELECT %L, count(*), md5(string_agg(t::text, ''|'' ORDER BY t::text)) FROM %s AS t;', c.oid::regclass, c.oid::regclass), '' ORDER BY c.oid::regclass::text)
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'm') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND c.relname <> '_prisma_migrations'`
const historySql = 'SELECT migration_name, checksum, finished_at IS NOT NULL, rolled_back_at IS NOT NULL, logs IS NOT NULL, applied_steps_count FROM _prisma_migrations ORDER BY migration_name, started_at'
const contentOf = database => [sql(database, shape), sql(database, sql(database, rowsSql)), sql(database, historySql)].join('\n---\n')
const leftSql = `SELECT 'invalid index ' || indexrelid::regclass FROM pg_index WHERE NOT indisvalid
  UNION ALL SELECT 'position table' WHERE to_regclass('_bellows_progress') IS NOT NULL
  UNION ALL SELECT 'advisory lock of ' || pid FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
  UNION ALL SELECT 'session ' || pid || ' ' || query FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'bellows'
  UNION ALL SELECT 'partition pending' FROM pg_inherits JOIN pg_class ON oid = inhrelid WHERE to_jsonb(pg_inherits) ->> 'inhdetachpending' = 'true'`
const filesOf = folder => fs.readdirSync(folder, { recursive: true }).map(String).filter(f => !f.startsWith('.bellows/')).sort().join('\n')

// --- the blows -----------------------------------------------------------------------------------------------------------------
const blows = {
  kill: child => child.kill('SIGKILL'),
  terminate: child => child.kill('SIGTERM'),
  interrupt: child => child.kill('SIGINT'),
  backend: (child, database) => sql('postgres', `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${database}' AND application_name = 'bellows'`),
  cut: () => { for (const link of [...links]) link() },
  server: () => {
    const pid = Number(fs.readFileSync(path.join(project, '.bellows/postgres/data/postmaster.pid'), 'utf8').split('\n')[0])
    process.kill(pid, 'SIGKILL')
  },
}

function run(args, database, host) {
  const child = spawn(bellows, args, { cwd: project, env: { ...environment, DATABASE_URL: url(database, host) }, stdio: ['ignore', 'pipe', 'pipe'] })
  let text = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => { text += chunk })
  const ended = new Promise(resolve => child.on('close', (code, signal) => resolve({ code: code ?? signal, text })))
  return { child, ended }
}
const late = ms => nap(ms).then(() => ({ code: 'late', text: '' }))
const deploy = ['migrate', 'deploy', '--contract']
const crashed = end => [132, 134, 135, 136, 139, 'SIGSEGV', 'SIGABRT', 'SIGBUS', 'SIGFPE', 'late'].includes(end.code) || /AddressSanitizer|runtime error:|LeakSanitizer/.test(end.text)

/* The sentence must be true when it is said: what became of a script whose connection is lost. */
function claims(text, database) {
  const name = /migration `([^`]+)`: (nothing of it was applied|it was applied and recorded)/.exec(text)
  if (!name) return null
  const there = sql(database, `SELECT count(*) FROM _prisma_migrations WHERE migration_name = '${name[1]}' AND finished_at IS NOT NULL`)
  if (there.startsWith('failed')) return null
  return (there !== '0') === name[2].startsWith('it was') ? null : `said of ${name[1]} "${name[2]}", and the history says otherwise`
}

async function strike(number, blow, instant) {
  const database = `struck_${number}`
  const fault = text => faults.push(`#${number} ${blow} at ${instant} ms: ${text}`)
  sql('postgres', `CREATE DATABASE ${database}`)
  const first = run(deploy, database, blow === 'cut' ? middle : socket)
  await nap(instant)
  blows[blow](first.child, database)
  const end = await Promise.race([first.ended, late(90000)])
  if (crashed(end)) { fault(`the struck run: ${end.code} ${end.text.slice(-300)}`); first.child.kill('SIGKILL') }
  if (blow === 'server') startServer()
  const lie = claims(end.text, database)
  if (lie) fault(lie)
  let again
  for (let i = 0; i < 5; i++) {
    again = await Promise.race([run(deploy, database, socket).ended, late(90000)])
    if (again.code !== 75) break
  }
  if (again.code !== 0) fault(`the next deploy: ${again.code} ${again.text.slice(-600)}`)
  await nap(50)
  const content = contentOf(database)
  if (content !== wanted) fault(`another end:\n${difference(wanted, content)}`)
  const left = sql(database, leftSql)
  if (left !== '') fault(`left: ${left}`)
  if (filesOf(project) !== files) fault(`files: ${difference(files, filesOf(project))}`)
  const litter = filesOf(temporary)
  if (litter !== '') { fault(`temporary files: ${litter}`); fs.rmSync(temporary, { recursive: true }); fs.mkdirSync(temporary); fs.chmodSync(temporary, 0o777) }
  sql('postgres', `DROP DATABASE ${database}`)
  return end.code
}
function difference(one, other) {
  const [a, b] = [one.split('\n'), other.split('\n')]
  return [...a.filter(l => !b.includes(l)).map(l => `  - ${l}`), ...b.filter(l => !a.includes(l)).map(l => `  + ${l}`)].slice(0, 12).join('\n') || '  (the order)'
}

// --- the undisturbed run -------------------------------------------------------------------------------------------------------
const files = filesOf(project)
sql('postgres', 'CREATE DATABASE undisturbed')
const started = Date.now()
const calm = await run(deploy, 'undisturbed', socket).ended
const span = Date.now() - started
if (calm.code !== 0) { say(`the undisturbed deploy: exit ${calm.code}\n${calm.text}`); finish(1) }
const wanted = contentOf('undisturbed')
if (wanted.includes('failed:')) { say(wanted); finish(1) }
if (sql('undisturbed', leftSql) !== '') { say(`the undisturbed deploy leaves: ${sql('undisturbed', leftSql)}`); finish(1) }
say(`${scripts.length} scripts in ${span} ms, ${wanted.split('\n').length} lines of content`)

const kinds = Object.keys(blows)
const tally = new Map()
for (let i = 1; i <= options.count; i++) {
  const random = new Random(options.seed * 100003 + i)
  const blow = kinds[(i - 1) % kinds.length]
  const instant = Math.floor(random.below(1000) / 1000 * span * 1.05)
  if (options.only && options.only !== i) continue
  const code = await strike(i, blow, instant)
  const key = `${blow}: exit ${code}`
  tally.set(key, (tally.get(key) ?? 0) + 1)
}
for (const [key, count] of [...tally].sort()) say(`  ${key} ${count}`)

// --- two at once ---------------------------------------------------------------------------------------------------------------
const last = fs.readdirSync(migrations).filter(n => n.startsWith('2025')).sort().at(-1)
const commands = {
  deploy, status: ['migrate', 'status'], check: ['check'], 'resolve applied': ['migrate', 'resolve', '--applied', last],
  'resolve rolled back': ['migrate', 'resolve', '--rolled-back', last], reset: ['migrate', 'reset', '--force', '--skip-generate', '--skip-seed'],
  push: ['db', 'push', '--skip-generate', '--accept-data-loss'], dev: ['migrate', 'dev', '--skip-generate', '--name', 'pair'],
}
const names = Object.keys(commands)
const pairs = names.flatMap((a, i) => names.slice(i).map(b => [a, b]))
const order = new Random(options.seed)
for (let i = pairs.length - 1; i > 0; i--) { const j = order.below(i + 1); [pairs[i], pairs[j]] = [pairs[j], pairs[i]] }
for (const [a, b] of options.only ? [] : pairs.slice(0, options.pairs)) {
  const fault = text => faults.push(`${a} beside ${b}: ${text}`)
  sql('postgres', 'CREATE DATABASE pair')
  const ends = await Promise.all([a, b].map(name => Promise.race([run(commands[name], 'pair', socket).ended, late(90000)])))
  ends.forEach((end, i) => {
    if (crashed(end)) fault(`${[a, b][i]} ends with ${end.code}: ${end.text.slice(-300)}`)
    if (![0, 1, 2, 3, 4, 75].includes(end.code)) fault(`${[a, b][i]} exits ${end.code}`)
    if (end.code !== 0 && !/error|Error|not yet been applied|have failed|migrate|differ/.test(end.text)) fault(`${[a, b][i]} exits ${end.code} without a word`)
  })
  const twice = sql('pair', "SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL GROUP BY 1 HAVING count(*) > 1")
  if (twice !== '' && !twice.startsWith('failed')) fault(`recorded twice: ${twice}`)
  const left = sql('pair', leftSql)
  if (left !== '') fault(`left: ${left}`)
  say(`  ${a} beside ${b}: exit ${ends[0].code}, ${ends[1].code}`)
  for (const entry of fs.readdirSync(migrations)) if (!files.includes(entry)) fs.rmSync(path.join(migrations, entry), { recursive: true })
  for (const entry of filesOf(project).split('\n')) if (!files.split('\n').includes(entry)) { fault(`file left: ${entry}`); fs.rmSync(path.join(project, entry), { recursive: true, force: true }) }
  sql('postgres', 'DROP DATABASE pair')
}

for (const text of faults) say(`FAULT ${text}`)
say(`${options.only ? 1 : options.count} blows, ${Math.min(options.pairs, pairs.length)} pairs, ${faults.length} faults`)
finish(faults.length === 0 ? 0 : 1)
