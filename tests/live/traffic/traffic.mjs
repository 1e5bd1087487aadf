#!/usr/bin/env node
// traffic.mjs - changes of a live database while programs of both schemas use it.
//
//   BELLOWS_TEST_URL=postgresql://... traffic.mjs BELLOWS [--rows N] [--rate N] [--workers N] [--stay MS] [--foreign MS] [--seed N]
//       [--only KIND,KIND]
//
// For each kind of change (kinds.mjs): a database with rows; the old program at work (explicit columns, RETURNING, upserts, three
// sessions that upsert one new key at the same instant; every fourth session with named statements); another session that idles in
// a transaction; `migrate deploy` to the gate; both programs; the old one leaves; `migrate deploy --contract`. Counted are statements
// that failed, values that are not what the ledger says, the longest wait. Exit 0, or 1 where a statement of a program without named
// statements failed, a value was wrong or something is left to do; 77 without the client library.
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import { createRequire } from 'node:module'
import os from 'node:os'
import path from 'node:path'
import { Random } from '../../conformance/random/prng.mjs'
import { Traffic } from './program.mjs'
import { kinds } from './kinds.mjs'

const options = { rows: 20000, rate: 400, workers: 8, stay: 1500, foreign: 3000, seed: 1, only: '' }
const words = process.argv.slice(2)
for (let i = 1; i < words.length; i += 2) {
  const option = words[i].replace(/^--/, '')
  if (!(option in options)) { process.stderr.write('usage: traffic.mjs BELLOWS [--rows N] [--rate N] [--workers N] [--stay MS] [--foreign MS] [--seed N] [--only KIND,KIND]\n'); process.exit(64) }
  options[option] = option === 'only' ? words[i + 1] : Number(words[i + 1])
}
let Client
try { ({ Client } = createRequire(new URL('../../conformance/engine/reference.mjs', import.meta.url))('pg')) } catch {
  process.stdout.write('SKIPPED: no client library; npm install in tests/conformance/engine\n')
  process.exit(77)
}
const bellows = path.resolve(words[0])
const server = process.env.BELLOWS_TEST_URL
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'bellows-traffic-'))
const nap = ms => new Promise(resolve => setTimeout(resolve, ms))
const urlOf = database => Object.assign(new URL(server), { pathname: `/${database}` }).toString()

async function connect(url) {
  const client = new Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  return client
}

function run(folder, url, args) {
  return new Promise(resolve => {
    const env = { ...process.env, DATABASE_URL: url, NO_COLOR: '1', CI: '1' }
    const child = spawn(bellows, args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] })
    let text = ''
    child.stdout.on('data', d => { text += d })
    child.stderr.on('data', d => { text += d })
    child.on('close', code => resolve({ code, text }))
  })
}

function write(folder, body) {
  fs.mkdirSync(path.join(folder, 'prisma'), { recursive: true })
  fs.writeFileSync(path.join(folder, 'prisma/schema.prisma'), `datasource db {\n  provider = "postgresql"\n  url = env("DATABASE_URL")\n}\n\n${body}`)
}

class Problem extends Error {}
async function must(folder, url, args) {
  const { code, text } = await run(folder, url, args)
  if (code !== 0) throw new Problem(`bellows ${args.join(' ')} exits ${code}: ${text.trim().split('\n').slice(-6).join(' / ')}`)
  return text
}

// Somebody else's transaction, which has read the table and idles.
async function idle(url, table) {
  const client = await connect(url)
  await client.query('BEGIN')
  await client.query(`SELECT * FROM "${table}" LIMIT 1`)
  await nap(options.foreign)
  await client.query('COMMIT')
  await client.end()
}

// PostgreSQL 12 has no WITH (FORCE).
async function drop(admin, name) {
  await admin.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [name])
  await admin.query(`DROP DATABASE IF EXISTS ${name}`)
}

async function fresh(admin, names) {
  for (const name of names) {
    await drop(admin, name)
    await admin.query(`CREATE DATABASE ${name}`)
  }
}

async function deploy(kind, folder, traffic, live) {
  const beside = idle(live, kind.old.table)
  const began = Date.now()
  await must(folder, live, ['migrate', 'deploy'])
  const took = Date.now() - began
  await beside
  if (!kind.alone) traffic.alive = ['old', 'new']
  await nap(options.stay)
  traffic.alive = kind.alone ? [] : ['new']
  await nap(300)
  const stopped = Date.now()
  const { code, text } = await run(folder, live, ['migrate', 'deploy', '--contract'])
  if (code !== 0 && !/no plan waits|nothing waits/i.test(text)) throw new Problem(`contract exits ${code}: ${text.trim().split('\n').slice(-6).join(' / ')}`)
  traffic.alive = ['new']
  traffic.counts.pause = kind.alone ? Date.now() - stopped : 0
  await nap(options.stay)
  return took
}

async function change(kind, admin) {
  const [live, develop] = ['traffic_live', 'traffic_develop']
  await fresh(admin, [live, develop])
  const folder = fs.mkdtempSync(path.join(scratch, `${kind.name}-`))
  write(folder, kind.from)
  await must(folder, urlOf(develop), ['migrate', 'dev', '--skip-generate', '--name', 'init'])
  await must(folder, urlOf(live), ['migrate', 'deploy'])
  const client = await connect(urlOf(live))
  for (const statement of kind.seed.replaceAll(':rows', options.rows).split('; ')) await client.query(statement)
  await client.query('ANALYZE')
  const traffic = new Traffic({
    connect: () => connect(urlOf(live)), programs: { old: kind.old, new: kind.new }, rows: options.rows, seedValue: k => 1 + k % 900,
    workers: options.workers, rate: options.rate, random: new Random(options.seed),
  })
  traffic.start()
  await nap(300)
  try {
    write(folder, kind.to)
    await must(folder, urlOf(develop), ['migrate', 'dev', '--skip-generate', '--name', 'change', ...(kind.losses ? ['--accept-data-loss'] : [])])
    const took = await deploy(kind, folder, traffic, urlOf(live))
    await traffic.stop()
    await traffic.audit(client, 'new')
    if (kind.extra) await client.query(kind.extra)
    const left = await run(folder, urlOf(live), ['migrate', 'diff', '--from-url', urlOf(live), '--to-schema-datamodel', 'prisma/schema.prisma', '--exit-code'])
    if (left.code !== 0) traffic.note('wrong', `something is left to do: ${left.text.trim().split('\n').slice(0, 3).join(' / ')}`)
    return { ...traffic.counts, said: traffic.said, took }
  } finally {
    await traffic.stop()
    await client.end()
  }
}

const admin = await connect(server)
const chosen = kinds.filter(kind => !options.only || options.only.split(',').includes(kind.name))
let faults = 0
process.stdout.write(`${'change'.padEnd(22)} ${'statements'.padStart(10)} ${'failed'.padStart(6)} ${'named'.padStart(6)} ${'wrong'.padStart(6)} ${'longest'.padStart(9)} ${'deploy'.padStart(9)} ${'pause'.padStart(8)}\n`)
for (const kind of chosen) {
  try {
    const r = await change(kind, admin)
    process.stdout.write(`${kind.name.padEnd(22)} ${String(r.done).padStart(10)} ${String(r.failed).padStart(6)} ${String(r.failedNamed).padStart(6)} ${String(r.wrong).padStart(6)} ${`${r.longest.toFixed(0)} ms`.padStart(9)} ${`${r.took} ms`.padStart(9)} ${(r.pause > 0 ? `${r.pause} ms` : '').padStart(8)}\n`)
    for (const line of r.said) process.stdout.write(`    ${line}\n`)
    if (r.failed > 0 || r.wrong > 0) faults++
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    process.stdout.write(`${kind.name.padEnd(22)} FAULT ${error.message}\n`)
    faults++
  }
}
for (const name of ['traffic_live', 'traffic_develop']) await drop(admin, name)
await admin.end()
fs.rmSync(scratch, { recursive: true, force: true })
process.exit(faults > 0 ? 1 : 0)
