#!/usr/bin/env node
// replay_plans.mjs - walks of seeded random edits as migrations folders, replayed in memory and on a server.
//
//   node tests/conformance/replay_plans.mjs BELLOWS_PLAN BELLOWS_REPLAY [--seed N] [--count N] [--steps N] [--seconds N] [--only SEED]
//
// A walk (--steps plans, ten unless told, and one for the first schema) is two folders: each plan is direct in one of them and online
// in the other, in turn. Behind each plan, what memory claims must be what the server has, object by object; behind the last one also
// all that a dump tells. What is not understood is counted by reason. --count counts plans. Some folders go through one database that is
// cleared in between. Wants BELLOWS_TEST_URL. --only SEED: one walk, its folders kept and shown.
// Exit: 0 nothing claimed is wrong, 1 otherwise, 64 wrong usage, 77 (aloud) no engine.
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { installed, validate } from './engine/reference.mjs'
import { drawWalk } from './random/case.mjs'

const { values, positionals: [plan, replay] } = parseArgs({
  allowPositionals: true,
  options: { seed: { type: 'string', default: '1' }, count: { type: 'string', default: '1000' }, steps: { type: 'string', default: '10' }, seconds: { type: 'string', default: 'Infinity' }, only: { type: 'string' } },
})
if (!plan || !replay) { process.stderr.write('usage: replay_plans.mjs BELLOWS_PLAN BELLOWS_REPLAY [--seed N] [--count N] [--steps N] [--seconds N]\n'); process.exit(64) }
if (!installed()) { process.stdout.write('SKIPPED: no reference engine\n'); process.exit(77) }

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'bellows-replays-'))
const [empty, from, to] = ['empty', 'from', 'to'].map(name => path.join(scratch, `${name}.prisma`))
fs.writeFileSync(empty, 'datasource db {\n  provider = "postgresql"\n  url = env("X")\n}\n')
const run = (...args) => spawnSync(plan, args, { encoding: 'utf8', timeout: 60000 })

// The scripts of the plan from the schema before; undefined where there is none.
function scriptsOf(before, after, way) {
  const scripts = path.join(scratch, 'scripts')
  fs.rmSync(scripts, { recursive: true, force: true })
  fs.mkdirSync(scripts)
  fs.writeFileSync(from, before)
  fs.writeFileSync(to, after)
  if (run('scripts', from, to, scripts, ...(way === 'direct' ? ['--direct'] : [])).status !== 0) return undefined
  return fs.readdirSync(scripts).filter(name => !name.endsWith('.undo.sql')).sort().map(name => fs.readFileSync(path.join(scripts, name), 'utf8'))
}

// All scripts of the walk; those of one plan bear its number. A state that no plan leads to is passed by.
function writeFolder(seed, states, first, ways) {
  const folder = path.join(scratch, `${seed}-${ways[0]}`)
  let at = states[0].text, number = 0
  const put = (plan, text) => {
    const name = path.join(folder, `${String(number++).padStart(3, '0')}_plan${plan}`)
    fs.mkdirSync(name, { recursive: true })
    fs.writeFileSync(path.join(name, 'migration.sql'), text)
  }
  put(0, first)
  states.slice(1).forEach((state, i) => {
    const texts = scriptsOf(at, state.text, ways[i % 2])
    if (!texts || texts.length === 0) return
    at = state.text
    texts.forEach(text => put(i + 1, text))
  })
  return folder
}

// A database for all folders of this run.
const name = `bellows_replays_${process.pid}`, shadow = process.env.BELLOWS_TEST_URL.replace(/\/[^/?]*(\?|$)/, `/${name}$1`)
function sql(text) {
  const r = spawnSync('psql', ['-qXAt', process.env.BELLOWS_TEST_URL, '-c', text], { encoding: 'utf8' })
  if (r.status !== 0) { process.stderr.write(r.stderr); process.exit(1) }
}

const reasons = new Map(), figures = { equal: 0, refused: 0, partly: 0, wrong: 0 }
function judge(batch) {
  const folders = batch.flatMap(each => each.folders), edits = new Map(batch.map(each => [String(each.seed), each.edits]))
  if (folders.length === 0) return
  const r = spawnSync(replay, ['--url', process.env.BELLOWS_TEST_URL, '--shadow', shadow, '--plans', ...folders], { encoding: 'utf8', timeout: 3600000, maxBuffer: 1e8 })
  const answered = new Set()
  for (const line of r.stdout.split('\n')) {
    if (/^(equal|refused|not understood|WRONG) /.test(line)) answered.add(line.match(/\d+-(direct|online)/)?.[0])
    if (line.startsWith('equal')) figures.equal++
    else if (line.startsWith('refused')) figures.refused++
    else if (line.startsWith('WRONG')) {
      const seed = line.match(/(\d+)-(direct|online)/)?.[1]
      figures.wrong++
      process.stdout.write(`FAULT seed ${seed} [${edits.get(seed)?.join(' ')}]\n`)
    } else if (line.startsWith('not understood')) {
      figures.partly++
      const reason = line.replace(/^.*?_plan\d+(\/migration.sql)?:\d+: /, '').split(':')[0].replace(/`[^`]*`/g, '`…`')
      const told = reasons.get(reason) ?? { count: 0, seed: line.match(/(\d+)-(direct|online)/)?.[1] }
      reasons.set(reason, { ...told, count: told.count + 1 })
    } else if (!/^\d+ (folders|of) /.test(line)) process.stdout.write(line && `${line}\n`)
    if (line.startsWith('WRONG')) process.stdout.write(`${line}\n`)
  }
  if (r.signal || answered.size < folders.length) {
    figures.wrong++
    process.stdout.write(`FAULT ${answered.size} answers for ${folders.length} folders: ${r.signal ?? r.status} ${r.stderr}\n`)
  }
  process.stderr.write(`to seed ${batch.at(-1).seed}: ${figures.equal} equal, ${figures.partly} partly, ${figures.wrong} wrong\n`)
  if (!keep) folders.forEach(folder => fs.rmSync(folder, { recursive: true }))
}

const only = values.only && Number(values.only), keep = only !== undefined
const end = Date.now() + 1000 * Number(values.seconds), plans = () => figures.equal + figures.partly + figures.refused
const together = 8
let batch = []
sql(`CREATE DATABASE ${name} TEMPLATE template0`)
for (let seed = only ?? Number(values.seed); (keep ? seed === only : plans() < Number(values.count)) && Date.now() < end; seed++) {
  const walk = drawWalk(seed, text => validate(text).ok, Number(values.steps))
  if (!walk) continue
  fs.writeFileSync(to, walk.states[0].text)
  const first = run('script', empty, to, '--direct')
  if (first.status !== 0) continue
  const folders = [['direct', 'online'], ['online', 'direct']].map(ways => writeFolder(seed, walk.states, first.stdout, ways))
  batch.push({ seed, edits: walk.states.flatMap(state => state.edits), folders })
  if (batch.length === together) judge(batch.splice(0))
}
judge(batch)
sql(`DROP DATABASE ${name}`)
if (keep) process.stdout.write(`kept: ${scratch}\n`)
else fs.rmSync(scratch, { recursive: true })
for (const [reason, { count, seed }] of [...reasons].sort((a, b) => b[1].count - a[1].count)) process.stdout.write(`  not understood ${count} times: ${reason} (seed ${seed})\n`)
process.stdout.write(`${figures.equal} plans equal, ${figures.partly} equal as far as understood, ${figures.refused} refused by both, ${figures.wrong} wrong\n`)
process.exit(figures.wrong > 0 || figures.equal === 0 ? 1 : 0)
