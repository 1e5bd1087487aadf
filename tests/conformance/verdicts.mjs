#!/usr/bin/env node
// verdicts.mjs - many wrong schemas: do we refuse what the reference refuses, at the same line, and accept what it accepts?
//
//   node tests/conformance/verdicts.mjs --program build/dev/tests/harness/bellows_verdict
//        [--bellows build/dev/bellows] [--count N] [--start I] [--seed N] [--only I] [--folder DIR] [--jobs N] [--show N]
//        [--least PERCENT]
//
// Mutant I of seed S is always the same: a conformance schema, one made by chance (mutants/generate.mjs) or one of the
// *.prisma files below DIR, with mistakes (mutants/mutate.mjs). --only shows mutant I and both answers. Disagreements are
// printed by kind, --show of each; those of mutants/accepted.mjs are counted apart, with their reasons. With --bellows the
// command itself is asked about every fiftieth mutant, and must say what the program for many says.
//
// Exit: 0 every verdict agrees and PERCENT (99) of the lines do, 1 not so, 2 wrong usage, 77 an engine is not installed.
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { listCases } from './cases.mjs'
import { rowFor, rowForLine, staleRows } from './mutants/accepted.mjs'
import { generate } from './mutants/generate.mjs'
import { command, missing, ours, reference } from './mutants/judge.mjs'
import { mutate } from './mutants/mutate.mjs'
import { random } from './mutants/random.mjs'

const out = text => process.stdout.write(text)
const BATCH = 50

// --- mutants --------------------------------------------------------------------------------------------

const prismaFiles = dir => fs.readdirSync(dir, { recursive: true }).filter(f => f.endsWith('.prisma')).sort().map(f => path.join(dir, f))

// What mutants are made of, always in the same order.
function readBases(folder) {
  if (folder) return prismaFiles(folder).map(f => fs.readFileSync(f, 'utf8'))
  const texts = c => [c.from, c.to].filter(Boolean).map(p => (fs.statSync(p).isDirectory() ? prismaFiles(p) : [p]).map(f => fs.readFileSync(f, 'utf8')).join('\n'))
  return listCases(['schemas', 'edits', 'divergent']).flatMap(texts)
}

function mutant(bases, options, index) {
  const r = random(options.seed, index)
  const generated = !options.folder && r.chance(0.6)
  const base = generated ? generate(r) : r.pick(bases)
  return index % 20 === 0 ? { text: base, names: ['unchanged'] } : mutate(r, base)
}

// --- one comparison -------------------------------------------------------------------------------------

const withoutNames = text => text.replace(/"(?:[^"]|"(?=[^ .,]))*"|`[^`]*`/g, '…').replace(/\b[0-9]+\b/g, '0').slice(0, 160)

// {kind: 'agree' | 'line' | 'verdict' | 'accepted' | 'crash' | 'panic', group}
const EVERY = 50

function sameAsCommand(options, index, text, answer) {
  if (!options.bellows || index % EVERY || answer.crashed) return undefined
  const said = `${answer.valid ? 'valid' : 'refused'} ${answer.findings.map(f => `${f.code}:${f.line}`).join(' ')}`.trim()
  const commanded = command(options.bellows, text)
  return said === commanded ? undefined : { kind: 'crash', group: `the command says something else: ${commanded.slice(0, 150)} | ${said.slice(0, 150)}` }
}

// `judge` asks both about another text.
async function compare(text, { theirs, answer }, judge) {
  if (answer.crashed) return { kind: 'crash', group: answer.crashed.split('\n').find(l => /ERROR|runtime error|Assertion/.test(l)) ?? answer.crashed.slice(0, 200) }
  if (theirs.panicked) return { kind: 'panic', group: 'the reference panics' }
  const first = answer.first
  const group = `${theirs.valid ? 'valid' : `${withoutNames(theirs.text)}`} | ours: ${first?.code ?? 'valid'}`
  if (theirs.valid !== answer.valid) {
    const row = await rowFor(text, theirs, answer, judge)
    return row ? { kind: 'accepted', group: row.reason } : { kind: 'verdict', group }
  }
  if (theirs.valid || theirs.isOther || theirs.line === first.line) return { kind: 'agree', refused: !theirs.valid }
  const row = await rowForLine(text, theirs, judge)
  if (row) return { kind: 'accepted', group: row.reason }
  return { kind: 'line', group, near: theirs.lines?.includes(first.line) }
}

const judgeWith = process => async text => ({ theirs: reference(text), answer: await process.ask(text) })

// --- workers --------------------------------------------------------------------------------------------

async function work() {
  const { options } = workerData
  const bases = readBases(options.folder)
  const process = ours(options.program)
  const judge = judgeWith(process)
  parentPort.on('message', async ([from, to]) => {
    if (from === undefined) { process.end(); return parentPort.close() }
    const results = []
    for (let i = from; i < to; i++) {
      const { text } = mutant(bases, options, i)
      const both = await judge(text)
      results.push({ index: i, ...sameAsCommand(options, i, text, both.answer) ?? await compare(text, both, judge) })
    }
    parentPort.postMessage(results)
  })
}

function runAll(options, take) {
  let next = options.start
  const end = options.start + options.count
  const hand = worker => {
    if (next >= end) return worker.postMessage([])
    worker.postMessage([next, Math.min(next + BATCH, end)])
    next += BATCH
  }
  return Promise.all(Array.from({ length: options.jobs }, () => new Promise((resolve, reject) => {
    const worker = new Worker(fileURLToPath(import.meta.url), { workerData: { options } })
    worker.on('message', results => { results.forEach(take); hand(worker) })
    worker.on('error', reject)
    worker.on('exit', resolve)
    hand(worker)
  })))
}

// --- the report -----------------------------------------------------------------------------------------

function showGroups(title, groups, options) {
  const sorted = [...groups].sort((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1))
  if (sorted.length) out(`\n${title}\n`)
  for (const [group, indices] of sorted) out(`${String(indices.length).padStart(6)}  ${group}\n        mutants ${indices.sort((a, b) => a - b).slice(0, options.show).join(' ')}\n`)
}

// Exceptions nobody needs any more.
async function findStale(options) {
  const process = ours(options.program)
  const stale = await staleRows(judgeWith(process))
  process.end()
  for (const line of stale) out(`FAILED mutants/accepted.mjs: ${line}\n`)
  return stale.length
}

async function judgeAll(options) {
  const counts = { agree: 0, line: 0, verdict: 0, accepted: 0, crash: 0, panic: 0 }
  const groups = Object.fromEntries(Object.keys(counts).map(k => [k, new Map()]))
  const stale = await findStale(options)
  let refused = 0
  let near = 0
  await runAll(options, result => {
    counts[result.kind]++
    refused += result.refused ? 1 : 0
    near += result.near ? 1 : 0
    if (result.group) groups[result.kind].set(result.group, [...(groups[result.kind].get(result.group) ?? []), result.index])
  })
  showGroups('Crashes, and commands that say something else', groups.crash, options)
  showGroups('Other verdicts (the reference | we)', groups.verdict, options)
  showGroups('Other lines (the reference | we)', groups.line, options)
  showGroups('Other verdicts that we stand by', groups.accepted, options)
  showGroups('Not judged', groups.panic, options)
  const both = refused + counts.line
  const lines = both ? refused / both * 100 : 100
  out(`\n${options.count} mutants of seed ${options.seed}: ${counts.agree + counts.line} verdicts agree, ${counts.verdict} differ, ${counts.accepted} differ for a reason, ${counts.crash} crashes, ${counts.panic} not judged\n`)
  out(`${both} refused by both: ${refused} at the same line (${lines.toFixed(2)} %), ${near} of the other ${counts.line} at a line where the reference has another error\n`)
  return stale || counts.verdict || counts.crash || lines < options.least ? 1 : 0
}

async function showOne(options) {
  const { text, names } = mutant(readBases(options.folder), options, options.only)
  const process = ours(options.program)
  const judge = judgeWith(process)
  const both = await judge(text)
  const verdict = await compare(text, both, judge)
  process.end()
  out(text.split('\n').map((l, i) => `${String(i + 1).padStart(4)} ${l}`).join('\n'))
  out(`\n\n${names.join(', ')}\nreference: ${JSON.stringify(both.theirs)}\nours:      ${JSON.stringify(both.answer)}\n${JSON.stringify(verdict)}\n`)
  return 0
}

function readOptions() {
  const { values } = parseArgs({ options: {
    program: { type: 'string' }, bellows: { type: 'string' }, count: { type: 'string', default: '20000' }, seed: { type: 'string', default: '1' }, start: { type: 'string', default: '0' }, only: { type: 'string' },
    folder: { type: 'string' }, jobs: { type: 'string', default: '2' }, show: { type: 'string', default: '4' }, least: { type: 'string', default: '99' },
  } })
  if (!values.program) throw new Error('no program')
  for (const key of ['count', 'seed', 'start', 'only', 'jobs', 'show', 'least']) if (values[key] !== undefined) values[key] = Number(values[key])
  return values
}

async function main() {
  let options
  try { options = readOptions() } catch (e) {
    process.stderr.write(`${e.message}\nusage: see the head of verdicts.mjs\n`)
    return 2
  }
  if (missing().length) {
    out(`*** SKIPPED: the reference engine of version ${missing().join(' and ')} is not installed.\n*** Run: (cd tests/conformance/engine && npm install)\n`)
    return 77
  }
  return options.only !== undefined ? showOne(options) : judgeAll(options)
}

if (isMainThread) main().then(code => process.exit(code))
else work()
