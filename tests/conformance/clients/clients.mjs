#!/usr/bin/env node
// clients.mjs - real clients of versions 6 and 7 as the programs: each kind of change made online while both programs work.
//
//   node tests/conformance/clients/clients.mjs BELLOWS [--accept] [--only TEXT]
//
// For each version: the clients of both schemas are generated and connected once, as programs that run through a deployment are. The
// old one works; the plan is deployed up to its gate; both work, each reads what the other wrote; the contract is deployed; the new one
// works. What they feel is the table of docs/online.md, which is compared (--accept writes it).
// The server is DATABASE_URL's, else BELLOWS_TEST_URL's; the role may create databases.
// Exit: 0 as the table says, 1 otherwise, 64 wrong usage, 77 (aloud) the clients are not installed or there is no server.
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { root } from '../cases.mjs'
import { dropStatements } from '../drop.mjs'
import { read, work } from './programs.mjs'
import { recipes as all } from './recipes.mjs'

const { values, positionals: [given] } = parseArgs({ allowPositionals: true, options: { accept: { type: 'boolean' }, only: { type: 'string', default: '' } } })
if (!given) { process.stderr.write('usage: clients.mjs BELLOWS [--accept] [--only TEXT]\n'); process.exit(64) }
const bellows = path.resolve(given), server = process.env.DATABASE_URL ?? process.env.BELLOWS_TEST_URL
const versions = [{ version: 6, modules: 'generators-6', engine: '\n  engineType = "client"', url: '\n  url = env("DATABASE_URL")' }, { version: 7, modules: 'generators', engine: '', url: '' }]
const modules = version => path.join(root, version.modules, 'node_modules')
if (versions.some(v => !fs.existsSync(path.join(modules(v), '.package-lock.json'))) || !server) {
  process.stdout.write('SKIPPED: no clients (cd tests/conformance/generators && npm install, also in generators-6), or no DATABASE_URL\n')
  process.exit(77)
}
const recipes = all.filter(recipe => recipe.name.includes(values.only))
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'bellows-clients-'))

function run(cwd, url, command, ...args) {
  const r = spawnSync(command, args, { encoding: 'utf8', timeout: 300000, cwd, env: { ...process.env, DATABASE_URL: url, CI: '1', NO_COLOR: '1' } })
  if (r.status !== 0) throw new Error(`${path.basename(command)} ${args.join(' ')} ended with ${r.status ?? r.signal}:\n${r.stdout}${r.stderr}`)
  return r.stdout
}
const psql = sql => run(scratch, server, 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', server, '-c', sql)

// A project of the version, with both schemas beside each other and the clients made of them.
function project({ version, modules: name, engine, url }, database) {
  const folder = path.join(scratch, `${version}`), migrations = path.join(folder, 'prisma/migrations')
  fs.mkdirSync(migrations, { recursive: true })
  fs.symlinkSync(path.join(root, name, 'node_modules'), path.join(folder, 'node_modules'))
  fs.writeFileSync(path.join(migrations, 'migration_lock.toml'), 'provider = "postgresql"\n')
  const bellowsHere = (...args) => run(folder, database, bellows, ...args)
  const write = side => fs.writeFileSync(path.join(folder, 'prisma/schema.prisma'), `datasource db {\n  provider = "postgresql"${url}\n}\n
generator js {\n  provider = "prisma-client-js"\n  output = "../made/${side}"${engine}\n}\n\n${recipes.map(recipe => recipe[side]).join('\n')}`)
  const options = version === 6 ? [] : ['--url', database]
  return { folder, write, generate: side => { write(side); bellowsHere('generate') }, bellows: (...args) => bellowsHere(...args, ...options) }
}

async function connect(folder, side, database) {
  const made = file => import(pathToFileURL(path.join(folder, file)))
  const client = (await made(`made/${side}/index.js`)).default, { PrismaPg } = await made('node_modules/@prisma/adapter-pg/dist/index.mjs')
  const u = new URL(database)
  return new client.PrismaClient({ adapter: new PrismaPg({ host: u.searchParams.get('host') ?? u.hostname, port: Number(u.port || 5432), user: decodeURIComponent(u.username),
    password: decodeURIComponent(u.password), database: u.pathname.slice(1) }) })
}

// What each recipe's programs feel: { old, new } before, at the gate, and after.
async function play(version) {
  const name = `bellows_clients_${version.version}_${process.pid}`
  const database = (u => { u.pathname = `/${name}`; return u.toString() })(new URL(server))
  const drop = () => { for (const statement of dropStatements(name)) psql(statement) }
  drop()
  psql(`CREATE DATABASE ${name}`)
  const { folder, write, generate, bellows: run } = project(version, database)
  generate('to')
  generate('from')
  const felt = recipes.map(recipe => ({ recipe, ledger: new Map() }))
  const clients = { old: await connect(folder, 'from', database), new: await connect(folder, 'to', database) }
  const all = async (state, ...sides) => {
    for (const at of felt) {
      for (const side of sides) (at[state] ??= {})[side] = await work(clients[side], at.recipe[side], at.ledger, 10)
      for (const side of sides) at[state][side].push(...await read(clients[side], at.recipe[side], at.ledger))
    }
  }
  run('migrate', 'dev', '--name', 'first')
  for (const recipe of recipes) await recipe.before?.(clients.old)
  await all('before', 'old')
  write('to')
  run('migrate', 'dev', '--create-only', '--name', 'change', '--accept-data-loss')
  const said = run('migrate', 'deploy')
  await all('gate', 'old', 'new')
  run('migrate', 'deploy', '--contract')
  await all('after', 'new')
  await Promise.all(Object.values(clients).map(client => client.$disconnect()))
  drop()
  return felt
}

// `create, update: P2039`, a reason for each.
function told(wrong) {
  const verbs = new Map()
  for (const { verb, why } of wrong) verbs.set(why, [...(verbs.get(why) ?? []), verb])
  return wrong.length === 0 ? 'works' : [...verbs].map(([why, of]) => `${of.join(', ')}: ${why}`).join('; ')
}
const cells = ({ gate, after }) => [told(gate.old), told(gate.new), told(after.new)]
const both = (of6, of7) => of6 === of7 ? of6 : `6: ${of6}; 7: ${of7}`

const page = path.join(root, '../../docs/online.md'), text = fs.readFileSync(page, 'utf8')
const head = '| change | the old program, up to the gate | the new program, up to the gate | the new program, behind it |\n| --- | --- | --- | --- |\n'
const start = text.indexOf(head)
if (start < 0) throw new Error(`${page} has no table that begins with ${head}`)
const end = text.indexOf('\n\n', start) + 1, listed = text.slice(start + head.length, end).split('\n').filter(Boolean)

const played = []
for (const version of versions) played.push(await play(version))
let failed = 0
const fault = what => { failed++; process.stdout.write(`FAULT ${what}\n`) }
const rows = recipes.map((recipe, i) => {
  for (const [n, felt] of played.entries()) {
    if (felt[i].before.old.length > 0) fault(`${recipe.name}: before the change, with version ${versions[n].version}: ${told(felt[i].before.old)}`)
  }
  const [of6, of7] = played.map(felt => cells(felt[i]))
  return `| ${[recipe.name, ...of6.map((cell, c) => both(cell, of7[c]))].join(' | ')} |`
})
for (const row of rows) if (!values.accept && !listed.includes(row)) fault(`not as the page says: ${row}`)
if (!values.only) for (const row of listed) if (!values.accept && !rows.includes(row)) fault(`on the page alone: ${row}`)
if (values.accept) fs.writeFileSync(page, text.slice(0, start) + head + rows.map(row => `${row}\n`).join('') + text.slice(end))
fs.rmSync(scratch, { recursive: true })
process.stdout.write(`${rows.length} kinds of changes with the clients of versions 6 and 7, ${failed} faults\n`)
process.exit(failed ? 1 : 0)
