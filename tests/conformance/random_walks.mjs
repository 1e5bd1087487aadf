#!/usr/bin/env node
// random_walks.mjs - walks of random edits: one database after the other becomes each schema, there and back.
//
//   node tests/conformance/random_walks.mjs BELLOWS [--seed N] [--count N] [--steps N] [--seconds N] [--only SEED]
//
// A walk is a schema, what some edits make of it, and so on (--steps, ten unless told), and the first one again. Three databases take
// it, each by scripts planned from another source: the schema before, the folder of all scripts before, the database itself. After each
// step the database is what the schema makes out of nothing, and nothing is left to do. States that no server builds are left out.
// Counted apart are what no schema text knows, which of two unique indexes over the same columns a foreign key rests on; and what is in
// schemas that left the list, which plans from the folder and the database leave alone: it is unchanged, or holds what was to go.
// The server is BELLOWS_TEST_URL's. Exit: 0 no fault, 1 otherwise, 64 wrong usage, 77 (aloud) no engine or no server.
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { installed, keepConnections, validate } from './engine/reference.mjs'
import { drawWalk } from './random/case.mjs'
import { differences, stateOf } from './random/catalog.mjs'
import { isOpen, nothing } from './random/judge.mjs'
import { Server, apply, build, clear } from './random/server.mjs'
import { isHeld, outside } from './random/unlisted.mjs'

const number = value => ({ type: 'string', default: String(value) })
const { values, positionals: [given] } = parseArgs({
  allowPositionals: true,
  options: { seed: number(1), count: number(10), steps: number(10), seconds: number(Infinity), only: { type: 'string' } },
})
if (!given) { process.stderr.write('usage: random_walks.mjs BELLOWS [--seed N] [--count N] [--steps N] [--seconds N] [--only SEED]\n'); process.exit(64) }
const url = process.env.BELLOWS_TEST_URL
if (!installed() || !url) { process.stdout.write('SKIPPED: no reference engine, or no BELLOWS_TEST_URL\n'); process.exit(77) }

const program = path.resolve(given), scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'bellows-walks-'))
const [from, to, folder] = ['from.prisma', 'to.prisma', 'migrations'].map(name => path.join(scratch, name))
const say = text => process.stdout.write(`${text}\n`)
const valid = text => validate(text).ok
const server = new Server(url, `bellows_walks_${process.pid}`)
await server.start('wanted', 'shadow', 'schema', 'folder', 'database')
keepConnections()
const [wanted, shadow] = ['wanted', 'shadow'].map(name => server.database(name))

function bellows(...args) {
  const r = spawnSync(program, ['migrate', 'diff', ...args], { encoding: 'utf8', timeout: 60000, maxBuffer: 1 << 26, env: { PATH: process.env.PATH, NO_COLOR: '1', CI: '1' } })
  return { status: r.status, text: r.stdout, said: `exit ${r.status ?? r.signal}: ${r.stdout}${r.stderr}` }
}

async function fresh(db, citext) {
  await clear(db)
  if (citext) await db.client.query('CREATE EXTENSION citext')
}

// The states that a server builds, each with what it looks like then and the script that makes it out of nothing.
async function possible({ states, citext }) {
  const found = []
  for (const state of states) {
    fs.writeFileSync(to, state.text)
    const made = bellows('--from-empty', '--to-schema', to, '--script')
    await fresh(wanted, citext)
    if (made.status !== 0 || await build(wanted, made.text) !== undefined) continue
    found.push({ ...state, script: made.text, looks: await stateOf(wanted.client) })
  }
  return found
}

function keep(script, step) {
  if (script.trim() === nothing) return
  const name = path.join(folder, `2026${String(step).padStart(10, '0')}_step`)
  fs.mkdirSync(name, { recursive: true })
  fs.writeFileSync(path.join(name, 'migration.sql'), script)
}

const sources = {
  schema: () => ['--from-schema', from],
  folder: () => ['--from-migrations', folder, '--shadow-database-url', shadow.url],
  database: db => ['--from-url', db.url],
}

// Two states of what is outside of the listed schemas. Undefined, or how they differ.
function changed(before, after) {
  for (const [key, words] of before) if (after.get(key) !== words) return `${key}: was ${words}, is ${after.get(key) ?? 'gone'}`
  for (const [key, words] of after) if (!before.has(key)) return `${key}: new: ${words}`
}

// One step of one database. Undefined, or the fault.
async function step(source, before, after, number) {
  const db = server.database(source)
  fs.writeFileSync(from, before.text)
  fs.writeFileSync(to, after.text)
  const plan = bellows(...sources[source](db), '--to-schema', to, '--script')
  if (plan.status !== 0) return `no script: ${plan.said}`
  const alone = source === 'schema' ? new Map() : outside(after.text, await stateOf(db.client))
  const failed = await apply(db, plan.text)
  if (failed !== undefined && alone.size > 0 && isHeld(after.text, failed)) return held
  if (failed !== undefined) return `not applied: ${failed}\n${plan.text}`
  if (source === 'folder') keep(plan.text, number)
  const got = await stateOf(db.client)
  if (alone.size > 0) {
    figures.alone++
    const fault = changed(alone, outside(after.text, got))
    if (fault !== undefined) return `not left alone: ${fault}\n${plan.text}`
    for (const key of alone.keys()) got.delete(key)
  }
  const lines = await differences(db.client, after.looks, got)
  const wrong = lines.filter(line => !isOpen({ to: after.text }, line, 'live'))
  if (wrong.length > 0) return `not reached: ${wrong.join('\n')}\n${plan.text}`
  const left = bellows('--from-url', db.url, '--to-schema', to, '--exit-code')
  return left.status === 0 ? undefined : `left to do: ${left.said}`
}

const figures = { walks: 0, steps: 0, impossible: 0, unknown: 0, alone: 0, held: 0, faults: 0 }
const held = Symbol('what is in a schema that is not listed holds what was to go')
const restsOnIt = /^not applied: .* because other objects depend on it \(constraint .* depends on (index|constraint) /

async function begin(first, citext) {
  fs.rmSync(folder, { recursive: true, force: true })
  fs.mkdirSync(folder)
  fs.writeFileSync(path.join(folder, 'migration_lock.toml'), 'provider = "postgresql"\n')
  if (citext) keep('CREATE EXTENSION citext;\n', 0)
  keep(first.script, 1)
  for (const source of Object.keys(sources)) {
    await fresh(server.database(source), citext)
    await apply(server.database(source), first.script)
  }
}

async function walk(seed) {
  const drawn = drawWalk(seed, valid, Number(values.steps))
  if (!drawn) return
  const states = await possible(drawn)
  figures.impossible += drawn.states.length - states.length
  if (states.length < 2) return
  figures.walks++
  await begin(states[0], drawn.citext)
  const way = [...states, { ...states[0], edits: ['back to the first'] }], lost = new Set()
  for (let i = 1; i < way.length; i++) {
    for (const source of Object.keys(sources).filter(name => !lost.has(name))) {
      figures.steps++
      const fault = await step(source, way[i - 1], way[i], i + 1)
      if (fault === undefined) continue
      lost.add(source) // what follows would follow from it
      if (fault === held) { figures.held++; continue }
      if (source === 'schema' && restsOnIt.test(fault)) { figures.unknown++; continue }
      figures.faults++
      say(`FAULT ${seed} step ${i} from the ${source} [${way[i].edits.join(' ')}]: ${values.only ? `${fault}\n--- from\n${way[i - 1].text}\n--- to\n${way[i].text}` : fault.slice(0, 600)}`)
    }
  }
}

const start = Date.now(), seconds = () => (Date.now() - start) / 1000
const first = Number(values.only ?? values.seed), count = values.only ? 1 : Number(values.count)
for (let seed = first; seed < first + count && seconds() < Number(values.seconds); seed++) await walk(seed)
say(`${figures.walks} walks, ${figures.steps} steps in ${Math.round(seconds())} s; ${figures.impossible} states cannot be made on any server; ${figures.unknown} walks from schemas ended where a foreign key rests on an index no text can tell; ${figures.alone} steps left alone what is in schemas not listed any more, ${figures.held} walks ended where that holds what was to go; ${figures.faults} faults`)
await server.stop()
fs.rmSync(scratch, { recursive: true })
process.exit(figures.faults || !figures.walks && !values.only ? 1 : 0)
