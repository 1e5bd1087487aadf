#!/usr/bin/env node
// random_online.mjs - random edits by the online strategy: proved in memory, every script applied, the wanted state reached.
//
//   node tests/conformance/random_online.mjs BELLOWS_PLAN BELLOWS [--seed N] [--count N] [--seconds N] [--only SEED] [--also N,N...]
//
// The cases are those of random_edits.mjs. BELLOWS_PLAN (tests/harness) writes the scripts, which run one after the other as deploy
// runs them; BELLOWS then must find nothing left to do. --only prints one case with its scripts. --also: cases besides, which once
// were faults. The server is BELLOWS_TEST_URL's.
// Exit: 0 no fault, 1 otherwise, 64 wrong usage, 77 (aloud) no engine or no server.
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { installed, validate } from './engine/reference.mjs'
import { drawCase } from './random/case.mjs'
import { Server, apply, build, clear } from './random/server.mjs'

const options = { also: [], seed: 1, count: 100, seconds: Infinity }
const [program, bellows, ...words] = process.argv.slice(2)
for (let i = 0; i < words.length; i += 2) {
  const name = words[i].replace(/^--/, '')
  if (name === 'also' && /^\d+(,\d+)*$/.test(words[i + 1])) { options.also = words[i + 1].split(',').map(Number); continue }
  if (!['seed', 'count', 'seconds', 'only'].includes(name) || !Number.isFinite(Number(words[i + 1]))) usage()
  options[name] = Number(words[i + 1])
}
if (!program || !bellows || bellows.startsWith('--')) usage()
function usage() { process.stderr.write('usage: random_online.mjs BELLOWS_PLAN BELLOWS [--seed N] [--count N] [--seconds N] [--only SEED] [--also N,N...]\n'); process.exit(64) }

const url = process.env.BELLOWS_TEST_URL
if (!installed() || !url) { process.stdout.write('SKIPPED: no reference engine, or no BELLOWS_TEST_URL\n'); process.exit(77) }

const say = text => process.stdout.write(`${text}\n`)
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'bellows-online-'))
const [from, to, scripts] = ['from.prisma', 'to.prisma', 'scripts'].map(name => path.join(scratch, name))
const server = new Server(url, `bellows_online_${process.pid}`)
await server.start('ours')
const db = server.database('ours')
const run = (command, ...args) => spawnSync(path.resolve(command), args, { encoding: 'utf8', timeout: 60000, env: { PATH: process.env.PATH, NO_COLOR: '1', CI: '1' } })

// Undefined, or what we or the server say to a schema made out of nothing.
async function make(file, citext) {
  const made = run(program, 'script', '-', file, '--direct')
  if (made.status !== 0) return made.stderr
  await clear(db)
  if (citext) await db.client.query('CREATE EXTENSION citext')
  return build(db, made.stdout)
}

// Undefined, or the fault.
async function attempt(print) {
  fs.rmSync(scripts, { recursive: true, force: true })
  fs.mkdirSync(scripts)
  const made = run(program, 'scripts', from, to, scripts), proof = run(program, 'prove', from, to)
  if (made.status !== 0) return `no plan: ${made.stderr}`
  if (proof.status !== 0 || proof.stdout) return `not proved: ${proof.stdout}${proof.stderr}`
  for (const name of fs.readdirSync(scripts).filter(name => !name.endsWith('.undo.sql')).sort()) {
    const text = fs.readFileSync(path.join(scripts, name), 'utf8')
    if (print) say(`--- ${name}\n${text}`)
    figures.scripts++
    const error = await apply(db, text)
    if (error) return `${name}: ${error}`
  }
  const left = run(bellows, 'migrate', 'diff', '--from-url', db.url, '--to-schema', to, '--exit-code')
  return left.status === 0 ? undefined : `left to do: ${left.stdout}${left.stderr}`
}

const figures = { cases: 0, scripts: 0, impossible: 0, faults: 0 }
async function judge(seed, print) {
  const c = drawCase(seed, text => validate(text).ok)
  if (!c) return
  fs.writeFileSync(from, c.from)
  fs.writeFileSync(to, c.to)
  if (print) say(`// ${c.edits.join(' ')}\n// --- from.prisma\n${c.from}\n// --- to.prisma\n${c.to}`)
  if (await make(to, c.citext) || await make(from, c.citext)) { figures.impossible++; return }
  figures.cases++
  const fault = await attempt(print)
  if (fault) { figures.faults++; say(`FAULT ${seed} [${c.edits.join(' ')}]: ${fault.slice(0, 600)}`) }
}

const start = Date.now(), seconds = () => (Date.now() - start) / 1000
if (options.only !== undefined) await judge(options.only, true)
else for (const seed of options.also) await judge(seed, false)
if (options.only === undefined) for (let seed = options.seed; seed < options.seed + options.count && seconds() < options.seconds; seed++) await judge(seed, false)
say(`${figures.cases} edits, ${figures.scripts} scripts in ${Math.round(seconds())} s; ${figures.impossible} cannot be made on any server; ${figures.faults} faults`)
await server.stop()
fs.rmSync(scratch, { recursive: true })
process.exit(figures.faults || !figures.cases && options.only === undefined ? 1 : 0)
