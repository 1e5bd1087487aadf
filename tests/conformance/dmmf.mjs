#!/usr/bin/env node
// dmmf.mjs - the document generators receive equals the reference's, as JSON.
//
//   node tests/conformance/dmmf.mjs BELLOWS [--made N] [--seed S] [--filter TEXT] [FOLDER...]
//
// Judged: every schema of the conformance cases, the examples of the documents, N pairs of random schemas (random/, from seed S
// on), N small ones with three mutants each (mutants/), and every .prisma file below FOLDER. Counted apart: schemas both sides refuse, and those the reference crashes on (names that
// begin with a letter beyond ASCII). One that one side alone refuses is a fault. The parts
// are compared one by one, all three where version 7 takes the schema; key order does not matter, the order of lists does.
// Exit: 0 all equal, 1 otherwise, 64 wrong usage, 77 (aloud) the engine is not installed.
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { listCases, root } from './cases.mjs'
import { dmmf, dmmfOfSix, installed, readSchema, validate } from './engine/reference.mjs'
import { generate } from './mutants/generate.mjs'
import { reference } from './mutants/judge.mjs'
import { mutate } from './mutants/mutate.mjs'
import { random } from './mutants/random.mjs'
import { drawCase } from './random/case.mjs'

const { values: given, positionals } = parseArgs({
  allowPositionals: true,
  options: { made: { type: 'string', default: '10' }, seed: { type: 'string', default: '1' }, filter: { type: 'string', default: '' } },
})
const [program, ...folders] = positionals
if (!program) { process.stderr.write('usage: dmmf.mjs BELLOWS [--made N] [--seed S] [--filter TEXT] [FOLDER...]\n'); process.exit(64) }
if (!installed()) { process.stdout.write('SKIPPED: no reference engine (cd tests/conformance/engine && npm install)\n'); process.exit(77) }

// --- what is judged ---------------------------------------------------------------------------------------

function* caseSchemas() {
  for (const c of listCases(['schemas', 'edits', 'divergent']))
    for (const file of [c.from, c.to].filter(Boolean)) yield { label: path.relative(root, file), file }
}

function* examples() {
  const docs = path.join(root, '../../docs')
  for (const name of fs.readdirSync(docs).filter(f => f.endsWith('.md')).sort()) {
    const text = fs.readFileSync(path.join(docs, name), 'utf8')
    for (const [i, block] of [...text.matchAll(/^```prisma\n([^]*?)^```$/gm)].entries())
      yield { label: `docs/${name} example ${i + 1}`, text: /^datasource /m.test(block[1]) ? block[1] : `datasource db {\n  provider = "postgresql"\n}\n\n${block[1]}` }
  }
}

function* files() {
  for (const folder of folders)
    for (const f of fs.readdirSync(folder, { recursive: true }).filter(n => n.endsWith('.prisma')).sort()) yield { label: f, file: path.join(folder, f) }
}

function* made() {
  for (let seed = Number(given.seed); seed < Number(given.seed) + Number(given.made); seed++) {
    const c = drawCase(seed, text => validate(text).ok)
    if (c) yield* [{ label: `random ${seed} from`, text: c.from }, { label: `random ${seed} to`, text: c.to }]
    const r = random(seed, 0)
    const base = generate(r)
    yield { label: `small ${seed}`, text: base }
    for (let i = 0; i < 3; i++) yield { label: `mutant ${seed} ${i}`, text: mutate(r, base).text, mutant: true }
  }
}

// --- comparing --------------------------------------------------------------------------------------------

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'bellows-dmmf-'))

// The first place where two documents differ, in words; undefined when they are equal.
export function difference(ours, theirs, at = '') {
  if (ours === theirs || (ours === 0 && theirs === 0)) return
  const kinds = [ours, theirs].map(v => Array.isArray(v) ? 'list' : v === null ? 'null' : typeof v)
  if (kinds[0] !== kinds[1] || !['list', 'object'].includes(kinds[0]))
    return `${at}: ours ${JSON.stringify(ours)?.slice(0, 300)}, theirs ${JSON.stringify(theirs)?.slice(0, 300)}`
  const name = v => [v?.name, v?.model].find(n => typeof n === 'string')
  for (const key of new Set([...Object.keys(ours), ...Object.keys(theirs)])) {
    const found = difference(ours[key], theirs[key], `${at}.${name(theirs[key]) ?? key}`)
    if (found) return found
  }
}

function oursOf(schema) {
  const r = spawnSync(program, ['dmmf', '--schema', schema], { encoding: 'utf8', timeout: 60000, maxBuffer: 1 << 30, env: { ...process.env, NO_COLOR: '1' } })
  if (/Sanitizer|runtime error/.test(r.stderr) || r.status === null || r.status > 1) throw new Error(`ended with ${r.status ?? r.signal}: ${r.stderr.slice(0, 2000)}`)
  return r.status === 0 ? JSON.parse(r.stdout) : undefined
}

const defaultSource = { path: 'datasource.prisma', content: 'datasource db {\n  provider = "postgresql"\n}\n' }
const all = ['datamodel', 'mappings', 'schema']

// Where version 7 does not take the schema, the parts that another answer has in common with ours: version 6, whose queries are
// of another form, and version 7 with the datasource that we take for granted (it knows no lists and native types without one).
const answers = [
  [all, files => dmmf(files)],
  [['datamodel', 'mappings'], files => dmmfOfSix(files)],
  [['datamodel'], files => dmmf(files.some(f => /^[ \t]*datasource\b/m.test(f.content)) ? files : [...files, defaultSource])],
]

function theirsOf(schema) {
  const files = readSchema(schema)
  for (const [parts, ask] of answers)
    try {
      return { parts, document: ask(files) }
    } catch (e) {
      if (e instanceof WebAssembly.RuntimeError) return { crashed: true }
    }
}

// What is wrong with a mutant is for the tests of verdicts.
function judge({ file, text, mutant }) {
  const schema = file ?? path.join(scratch, 'schema.prisma')
  if (text) fs.writeFileSync(schema, text)
  if (mutant && !reference(text).valid) return { refused: true }
  const ours = oursOf(schema), theirs = theirsOf(schema)
  if (theirs?.crashed) return { crashed: true, wrong: ours ? undefined : 'we refuse it, the reference crashes' }
  if (!ours && (!theirs || mutant)) return { refused: true }
  if (!ours || !theirs) return { wrong: `${ours ? 'the reference refuses' : 'we refuse'} it` }
  const part = theirs.parts.map(p => difference(ours[p], theirs.document[p], p)).find(Boolean)
  return { wrong: part }
}

let equal = 0, refused = 0, crashed = 0, different = 0
for (const source of [caseSchemas, examples, made, files])
  for (const one of source()) {
    if (!one.label.includes(given.filter)) continue
    let verdict
    try { verdict = judge(one) } catch (e) { verdict = { wrong: e.message } }
    if (verdict.refused) refused++
    else if (verdict.crashed && !verdict.wrong) crashed++
    else if (!verdict.wrong) equal++
    else {
      different++
      process.stdout.write(`FAILED ${one.label}: ${verdict.wrong}\n`)
    }
  }
fs.rmSync(scratch, { recursive: true })
process.stdout.write(`${equal} equal, ${different} different, ${refused} refused by both, ${crashed} on which the reference crashes\n`)
process.exit(different || !equal ? 1 : 0)
