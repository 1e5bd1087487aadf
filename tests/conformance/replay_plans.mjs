#!/usr/bin/env node
// replay_plans.mjs - the seeded random edits of random_edits.mjs as migrations folders, replayed in memory and on a server.
//
//   node tests/conformance/replay_plans.mjs BELLOWS_PLAN BELLOWS_REPLAY [--seed N] [--count N] [--seconds N]
//
// Each edit is two folders: the first schema's script, then the plan's, once direct and once online. What memory claims must be
// what the server has, object by object; what is not understood is counted by reason. Wants BELLOWS_TEST_URL.
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
  options: { seed: { type: 'string', default: '1' }, count: { type: 'string', default: '100' }, seconds: { type: 'string', default: 'Infinity' } },
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

const start = Number(values.seed), last = start + Number(values.count), end = Date.now() + 1000 * Number(values.seconds)
const reasons = new Map()
let equal = 0, refused = 0, partly = 0, wrong = 0
for (let seed = start; seed < last && Date.now() < end; seed++) {
  const c = drawCase(seed, text => validate(text).ok)
  if (!c) continue
  fs.writeFileSync(from, c.from)
  fs.writeFileSync(to, c.to)
  const first = run('script', empty, from, '--direct')
  if (first.status !== 0) continue
  const folders = [['direct', ['--direct']], ['online', []]].map(([way, options]) => writeFolder(seed, way, first.stdout, options)).filter(Boolean)
  if (folders.length === 0) continue
  const r = spawnSync(replay, ['--url', process.env.BELLOWS_TEST_URL, ...folders], { encoding: 'utf8', timeout: 300000 })
  for (const line of r.stdout.split('\n')) {
    if (line.startsWith('equal')) equal++
    else if (line.startsWith('refused')) refused++
    else if (line.startsWith('WRONG')) wrong++
    else if (line.startsWith('not understood')) {
      partly++
      const reason = line.replace(/^.*?migration\.sql|^.*?_script:\d+: /, '').split(':')[0].replace(/`[^`]*`/g, '`…`')
      reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
    }
  }
  if (r.status !== 0) process.stdout.write(`seed ${seed} [${c.edits.join(' ')}]\n${r.stdout}${r.stderr}\n`)
  if (!process.env.KEEP) folders.forEach(folder => fs.rmSync(folder, { recursive: true }))
}
if (!process.env.KEEP) fs.rmSync(scratch, { recursive: true })
for (const [reason, count] of [...reasons].sort((a, b) => b[1] - a[1])) process.stdout.write(`  not understood ${count} times: ${reason}\n`)
process.stdout.write(`${equal} folders equal, ${partly} equal as far as understood, ${refused} refused by both, ${wrong} wrong\n`)
process.exit(wrong > 0 || equal === 0 ? 1 : 0)
