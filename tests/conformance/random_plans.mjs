#!/usr/bin/env node
// random_plans.mjs - the seeded random edits of random_edits.mjs, planned both ways and carried out in memory.
//
//   node tests/conformance/random_plans.mjs BELLOWS_PLAN [--seed N] [--count N] [--seconds N] [--also N,N...]
//
// --also: cases besides, which once were faults.
//
// No server: what the replay (compiler/plan/world/replay.h) refuses is a fault of the plan or of the replay, found thirty times as fast as by
// applying scripts; random_edits.mjs --only SEED tells which. Nobody knows here whether a server can build the wanted schema, but
// for two things, counted apart: edits that leave `dbgenerated("'old'")` behind on a renamed enum value, and foreign keys from a list.
// Exit: 0 every plan is proved, 1 otherwise, 64 wrong usage, 77 (aloud) no engine.
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { installed, validate } from './engine/reference.mjs'
import { drawCase } from './random/case.mjs'

const { values, positionals: [given] } = parseArgs({
  allowPositionals: true,
  options: { seed: { type: 'string', default: '1' }, count: { type: 'string', default: '1000' }, seconds: { type: 'string', default: 'Infinity' }, also: { type: 'string', default: '' } },
})
if (!given) { process.stderr.write('usage: random_plans.mjs BELLOWS_PLAN [--seed N] [--count N] [--seconds N] [--also N,N...]\n'); process.exit(64) }
if (!installed()) { process.stdout.write('SKIPPED: no reference engine\n'); process.exit(77) }

const program = path.resolve(given), scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'bellows-plans-'))
const [from, to] = ['from', 'to'].map(name => path.join(scratch, `${name}.prisma`))
const also = values.also.split(',').filter(Boolean).map(Number)
const first = Number(values.seed), seeds = [...also, ...Array.from({ length: Number(values.count) }, (_, i) => first + i)], end = Date.now() + 1000 * Number(values.seconds)
const valid = text => validate(text).ok

// What is wrong with the plan, or undefined. A schema the reference takes for want of a check (mutants/accepted.mjs) has none. A
// debug build proves before it prints, and says E0303 itself.
const refused = Symbol('refused')
function wrong(...options) {
  const r = spawnSync(program, ['prove', from, to, ...options], { encoding: 'utf8', timeout: 60000 })
  if (r.status === 0) return undefined
  if (/^E030[35]: /m.test(r.stderr)) return r.stderr.trim() // not proved, or a circle that is not cut
  return /^E\d{4}: /m.test(r.stderr) ? refused : r.stdout.trim() || `it ended with ${r.status ?? r.signal}: ${r.stderr}`
}

// A default written as SQL names a value of an enum by a name it no longer has in the database.
const namesOfValues = text => [...text.matchAll(/^enum .*?^}/gms)]
  .flatMap(([block]) => [...block.matchAll(/^  (\w+)(?: @map\("(.*?)"\))?/gm)].map(([, name, map]) => map ?? name))
function namesLostValue({ from, to }) {
  const before = namesOfValues(from), after = namesOfValues(to)
  return [...to.matchAll(/@default\(dbgenerated\("'(.*?)'"\)\)/g)].some(([, value]) => before.includes(value) && !after.includes(value))
}

// A foreign key between a list and a value, which the reference takes and no server makes.
function joinsListAndValue(text) {
  const isList = new Map(), models = [...text.matchAll(/^model (\S+) \{\n([\s\S]*?)^\}/gm)]
  for (const [, model, body] of models) for (const [, field, type] of body.matchAll(/^  (\w+) (\S+)/gm)) isList.set(`${model}.${field}`, type.endsWith('[]'))
  const names = list => list.split(',').map(name => name.trim())
  return models.some(([, model, body]) => [...body.matchAll(/^  \w+ (\w+).*@relation\(.*fields: \[(.*?)\], references: \[(.*?)\]/gm)]
    .some(([, other, fields, referenced]) => names(fields).some((field, i) => isList.get(`${model}.${field}`) !== isList.get(`${other}.${names(referenced)[i]}`))))
}

let edits = 0, faults = 0, refusals = 0, impossible = 0
for (const seed of seeds) {
  if (Date.now() >= end) break
  const c = drawCase(seed, valid)
  if (!c) continue
  fs.writeFileSync(from, c.from)
  fs.writeFileSync(to, c.to)
  edits++
  for (const [where, options] of [['direct', ['--direct']], ['online', []]]) {
    const what = wrong(...options)
    if (what === refused) { refusals++; break }
    if (what === undefined) continue
    if ((/the default differs/.test(what) && namesLostValue(c)) || joinsListAndValue(c.to)) { impossible++; break }
    faults++
    process.stdout.write(`FAULT ${seed} ${where} [${c.edits.join(' ')}]\n    ${what.split('\n').slice(0, 4).join('\n    ')}\n`)
  }
}
fs.rmSync(scratch, { recursive: true })
process.stdout.write(`${edits - refusals - impossible} edits planned both ways, ${faults} plans not proved; ${refusals} edits of schemas that are refused, ${impossible} of schemas no server builds\n`)
process.exit(faults || edits === refusals + impossible ? 1 : 0)
