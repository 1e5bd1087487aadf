#!/usr/bin/env node
// random_edits.mjs - seeded random edits of random schemas: ours and the reference's scripts applied and judged, side by side.
//
//   node tests/conformance/random_edits.mjs BELLOWS [--seed N] [--count N] [--seconds N] [--only SEED] [--shrink] [--verbose]
//
// --seed, --count: cases N, N+1, … ; a case is the same in every run. --seconds: stop after that time, whatever is left; an
// interrupt stops too, after the case at hand. SIGUSR2 prints the figures so far.
// --only: one case, with schemas and scripts; --shrink makes it small first. The server is BELLOWS_TEST_URL's, the role may create
// databases. Exit: 0 nothing wrong with ours, 1 otherwise, 64 wrong usage, 77 (aloud) no engine or no server.
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { installed, keepConnections, validate } from './engine/reference.mjs'
import { drawCase } from './random/case.mjs'
import { Judge } from './random/judge.mjs'
import { Report, faultsOf } from './random/report.mjs'
import { Server } from './random/server.mjs'
import { shrink } from './random/shrink.mjs'

const options = { seed: 1, count: 100, seconds: Infinity }
const words = process.argv.slice(2)
for (let i = 1; i < words.length; i++) {
  const name = words[i].replace(/^--/, '')
  if (['shrink', 'verbose'].includes(name)) options[name] = true
  else if (['seed', 'count', 'seconds', 'only'].includes(name) && Number.isFinite(Number(words[i + 1]))) options[name] = Number(words[++i])
  else usage()
}
if (!words[0] || words[0].startsWith('--')) usage()
function usage() { process.stderr.write('usage: random_edits.mjs BELLOWS [--seed N] [--count N] [--seconds N] [--only SEED] [--shrink] [--verbose]\n'); process.exit(64) }

const url = process.env.BELLOWS_TEST_URL
if (!installed() || !url) { process.stdout.write('SKIPPED: no reference engine, or no BELLOWS_TEST_URL\n'); process.exit(77) }

const say = text => process.stdout.write(`${text}\n`)
const indent = text => text.split('\n').map(l => `    ${l}`).join('\n')
const valid = text => validate(text).ok
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'bellows-edits-'))
const server = new Server(url, `bellows_edits_${process.pid}`)
await server.start('wanted', 'ours', 'theirs')
const judge = new Judge({ program: path.resolve(words[0]), server, scratch })
const report = new Report()
keepConnections()

async function judged(seed, c) {
  try { return await judge.judge(c) } catch (e) { throw new Error(`case ${seed}: ${e.stack}`) }
}

async function run(seed) {
  const c = drawCase(seed, valid)
  if (!c) return
  const faults = report.add(seed, await judged(seed, c))
  for (const f of faults) say(`FAULT ${seed} ${f.where}: ${f.what} [${c.edits.join(' ')}]\n${indent(f.detail.split('\n').slice(0, options.verbose ? 100 : 6).join('\n'))}`)
}

async function one(seed) {
  let c = drawCase(seed, valid), verdict = await judged(seed, c)
  const key = v => v.impossible ? '' : faultsOf(v).map(f => `${f.where} ${f.what}`).sort((a, b) => a.startsWith('creation') - b.startsWith('creation'))[0]
  if (options.shrink && key(verdict)) {
    const wanted = key(verdict)
    c = await shrink(c, valid, async next => { try { const v = await judge.judge(next); return !v.impossible && faultsOf(v).some(f => `${f.where} ${f.what}` === wanted) } catch { return false } })
    verdict = await judged(seed, c)
  }
  say(`// ${c.edits.join(' ')}\n// --- from.prisma\n${c.from}\n// --- to.prisma\n${c.to}`)
  if (verdict.impossible) return say(`no server can build it: ${verdict.impossible}`)
  for (const where of ['direct', 'live']) for (const who of ['ours', 'theirs']) {
    const o = verdict[where][who]
    say(`--- ${where}, ${who}\n${o.refused ?? o.script}`)
    if (o.failed !== undefined) say(`FAILS: ${o.failed}`)
    if (o.wrong.length) say(`ENDS ELSEWHERE:\n${o.wrong.join('\n')}`)
    if (o.again !== undefined) say(`AGAIN: ${o.again}`)
  }
  for (const f of report.add(seed, verdict)) say(`FAULT ${f.where}: ${f.what}\n${indent(f.detail)}`)
}

const start = Date.now(), seconds = () => (Date.now() - start) / 1000
if (options.only !== undefined) await one(options.only)
else {
  let stopped = false
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => { stopped = true })
  process.on('SIGUSR2', () => say(report.text(seconds())))
  for (let seed = options.seed; seed < options.seed + options.count && seconds() < options.seconds && !stopped; seed++) await run(seed)
  say(report.text(seconds()))
}
await server.stop()
fs.rmSync(scratch, { recursive: true })
process.exit(report.faults.length || !report.cases && options.only === undefined ? 1 : 0)
