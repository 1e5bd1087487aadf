#!/usr/bin/env node
// replay_plans.mjs - the seeded random edits of random_edits.mjs as migrations folders, replayed in memory and on a server.
//
//   node tests/conformance/replay_plans.mjs BELLOWS_PLAN BELLOWS_REPLAY [--seed N] [--count N] [--seconds N] [--only SEED]
//
// Each edit is two folders: the first schema's script, then the plan's, once direct and once online. What memory claims must be
// what the server has, object by object; what is not understood is counted by reason. Some dozens go through one database that is
// cleared in between. Wants BELLOWS_TEST_URL. --only SEED: one edit, its folders kept and shown.
// Exit: 0 nothing claimed is wrong, 1 otherwise, 64 wrong usage, 77 (aloud) no engine.
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { installed, validate } from './engine/reference.mjs'
import { drawCase } from './random/case.mjs'

const { values, positionals: [plan, replay] } = parseArgs({
  allowPositionals: true,
  options: { seed: { type: 'string', default: '1' }, count: { type: 'string', default: '100' }, seconds: { type: 'string', default: 'Infinity' }, only: { type: 'string' } },
})
if (!plan || !replay) { process.stderr.write('usage: replay_plans.mjs BELLOWS_PLAN BELLOWS_REPLAY [--seed N] [--count N] [--seconds N]\n'); process.exit(64) }
if (!installed()) { process.stdout.write('SKIPPED: no reference engine\n'); process.exit(77) }

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'bellows-replays-'))
const [empty, from, to] = ['empty', 'from', 'to'].map(name => path.join(scratch, `${name}.prisma`))
fs.writeFileSync(empty, 'datasource db {\n  provider = "postgresql"\n  url = env("X")\n}\n')
const run = (...args) => spawnSync(plan, args, { encoding: 'utf8', timeout: 60000 })
const folderOf = (seed, way) => path.join(scratch, `${seed}-${way}`)

// The scripts of a plan as the migrations that follow the first; false where there is no plan.
function writeFolder(seed, way, first, options) {
  const folder = folderOf(seed, way), scripts = path.join(scratch, 'scripts')
  fs.rmSync(scripts, { recursive: true, force: true })
  fs.mkdirSync(scripts)
  if (run('scripts', from, to, scripts, ...options).status !== 0) return undefined
  const names = fs.readdirSync(scripts).filter(name => !name.endsWith('.undo.sql')).sort()
  const texts = [first, ...names.map(name => fs.readFileSync(path.join(scripts, name), 'utf8'))]
  texts.forEach((text, i) => {
    const at = path.join(folder, `${String(i).padStart(3, '0')}_script`)
    fs.mkdirSync(at, { recursive: true })
    fs.writeFileSync(path.join(at, 'migration.sql'), text)
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
  const r = spawnSync(replay, ['--url', process.env.BELLOWS_TEST_URL, '--shadow', shadow, ...folders], { encoding: 'utf8', timeout: 3600000, maxBuffer: 1e8 })
  let answered = 0
  for (const line of r.stdout.split('\n')) {
    if (/^(equal|refused|not understood) /.test(line)) answered++
    if (line.startsWith('equal')) figures.equal++
    else if (line.startsWith('refused')) figures.refused++
    else if (line.startsWith('WRONG')) {
      const seed = line.match(/(\d+)-(direct|online)/)?.[1]
      figures.wrong++
      process.stdout.write(`FAULT seed ${seed} [${edits.get(seed)?.join(' ')}]\n`)
    } else if (line.startsWith('not understood')) {
      figures.partly++
      const reason = line.replace(/^.*?_script(\/migration.sql)?:\d+: /, '').split(':')[0].replace(/`[^`]*`/g, '`…`')
      const told = reasons.get(reason) ?? { count: 0, seed: line.match(/(\d+)-(direct|online)/)?.[1] }
      reasons.set(reason, { ...told, count: told.count + 1 })
    } else if (!/^\d+ (folders|of) /.test(line)) process.stdout.write(line && `${line}\n`)
    if (line.startsWith('WRONG')) process.stdout.write(`${line}\n`)
  }
  if (r.signal || (answered < folders.length && !/^WRONG/m.test(r.stdout))) {
    figures.wrong++
    process.stdout.write(`FAULT ${answered} answers for ${folders.length} folders: ${r.signal ?? r.status} ${r.stderr}\n`)
  }
  process.stderr.write(`to seed ${batch.at(-1).seed}: ${figures.equal} equal, ${figures.partly} partly, ${figures.wrong} wrong\n`)
  if (!keep) folders.forEach(folder => fs.rmSync(folder, { recursive: true }))
}

const only = values.only && Number(values.only), keep = only !== undefined
const start = only ?? Number(values.seed), last = start + (keep ? 1 : Number(values.count)), end = Date.now() + 1000 * Number(values.seconds)
const together = 40
let batch = []
sql(`CREATE DATABASE ${name} TEMPLATE template0`)
for (let seed = start; seed < last && Date.now() < end; seed++) {
  const c = drawCase(seed, text => validate(text).ok)
  if (!c) continue
  fs.writeFileSync(from, c.from)
  fs.writeFileSync(to, c.to)
  const first = run('script', empty, from, '--direct')
  if (first.status !== 0) continue
  const folders = [['direct', ['--direct']], ['online', []]].map(([way, options]) => writeFolder(seed, way, first.stdout, options)).filter(Boolean)
  batch.push({ seed, edits: c.edits, folders })
  if (batch.length === together) judge(batch.splice(0))
}
judge(batch)
sql(`DROP DATABASE ${name}`)
if (keep) process.stdout.write(`kept: ${scratch}\n`)
else fs.rmSync(scratch, { recursive: true })
for (const [reason, { count, seed }] of [...reasons].sort((a, b) => b[1].count - a[1].count)) process.stdout.write(`  not understood ${count} times: ${reason} (seed ${seed})\n`)
process.stdout.write(`${figures.equal} folders equal, ${figures.partly} equal as far as understood, ${figures.refused} refused by both, ${figures.wrong} wrong\n`)
process.exit(figures.wrong > 0 || figures.equal === 0 ? 1 : 0)
