#!/usr/bin/env node
// format.mjs - `bellows format` beside the reference's formatter: the same bytes, on every layout.
//
//   node tests/conformance/format.mjs --bellows PATH [--count N] [--seed N] [--only TEXT] [--folder DIR] [--keep DIR]
//
// Every schema of the conformance cases and of docs/*.md (and of DIR, files of real projects) is formatted as it is and
// in scrambled layouts (layouts/scramble.mjs), and so are made-up schemas (random/, mutants/) and mutants, until N texts were
// judged (default 2000). The same seed makes the same texts. --only judges those whose label holds TEXT; a label names a
// text for good. --keep writes those that failed there.
//
// Where the reference does not settle in one run (it formats its own answer again, and differently), our answer must be
// the one it settles on, because ours is never changed by a second run; that is counted as `settled`. `plain`: the reference
// changes a comment (see the function of that name), and gives our answer for the text without the blanks that make it do so.
// Some texts miss parts of relations (`half`), which both formatters add. Where the reference's answer is no valid schema
// or lets two relations share a column, ours may be another one. It is then
//   `mended`   valid, and the reference leaves it alone
//   `agreed`   no valid schema either, but the reference leaves it alone, or makes of it what it makes of its own
//   `left`     no valid schema either, but one with no more mistakes than the text, or the reference's answer, has
// `panicked`: the reference has no answer. `refused`: it calls the text invalid, or accepts it for want of a check
// (mutants/accepted.mjs), and we do not parse it; we leave such files alone.
//
// Exit: 0 all equal, 1 a difference, 2 wrong usage, 77 the engine is not installed.
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { createRequire } from 'node:module'
import { parseArgs } from 'node:util'
import { root } from './cases.mjs'
import { installed, validate } from './engine/reference.mjs'
import { chanceOf, leaveOut, scramble } from './layouts/scramble.mjs'
import { rowFor } from './mutants/accepted.mjs'
import { generate } from './mutants/generate.mjs'
import { mutate } from './mutants/mutate.mjs'
import { random } from './mutants/random.mjs'
import { drawSchema } from './random/generate.mjs'
import { schemaText } from './random/schema.mjs'

const require = createRequire(path.join(root, 'engine/'))
const out = text => process.stdout.write(text)
const SETTLING_RUNS = 4
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'format-'))
const SHOWN = 5

// --- the two formatters ---------------------------------------------------------------------------------

const engineFile = '@prisma/prisma-schema-wasm/src/prisma_schema_build.js'

// A text is a schema in one file, or, cut at each MARK, in several.
const MARK = '// --- next file\n'
const named = text => text.split(MARK).map((part, i) => [`part${i}.prisma`, part])
const together = parts => parts.join(MARK)

// Undefined when it panics; a module that did is not asked again.
function reference(text) {
  const params = { textDocument: { uri: 'file:///part0.prisma' }, options: { tabSize: 2, insertSpaces: true } }
  try {
    return together(JSON.parse(require(engineFile).format(JSON.stringify(named(text)), JSON.stringify(params))).map(file => file[1]))
  } catch (e) {
    if (!(e instanceof WebAssembly.RuntimeError)) throw e
    delete require.cache[require.resolve(engineFile)]
    return undefined
  }
}

// One file through standard input and output, several in their folder.
function ours(bellows, text) {
  const files = named(text)
  const run = (args, input) => spawnSync(bellows, ['format', ...args], { input, encoding: 'utf8', timeout: 20000, maxBuffer: 1 << 26 })
  if (files.length > 1) for (const [name, part] of files) fs.writeFileSync(path.join(scratch, name), part)
  const r = files.length > 1 ? run(files.map(([name]) => path.join(scratch, name))) : run(['-'], text)
  if (r.error) throw r.error
  const made = files.length > 1 ? together(files.map(([name]) => fs.readFileSync(path.join(scratch, name), 'utf8'))) : r.stdout
  return { code: r.status ?? r.signal, text: made, error: r.stderr }
}

// The engine, of version 7, refuses the URLs that version 6 needs; faulty lines are left for it to see.
const url = /^[^\S\r\n]*(url|directUrl|shadowDatabaseUrl)[^\S\r\n]*=[^\S\r\n]*("[^"\r\n]*"|env[^\S\r\n]*\([^\S\r\n]*"[^"\r\n]*"[^\S\r\n]*\))[^\S\r\n]*(\/\/.*)?$/gm
const stripUrls = text => text.replace(/datasource[^{}]*\{[^}]*\}?/g, block => block.replace(url, ''))
const isValid = text => validate(named(text).map(([name, content]) => ({ path: name, content: stripUrls(content) }))).ok

// The reference cuts two bytes off a block comment that follows another comment, and means its slash and star; with
// blanks before it, these stay, one more pair with every run, and it panics where the second
// byte is no end of a character. Without the blanks it does what it wants to.
const plain = text => text.replace(/(^|[\n\r]|\*\/)[ \t\u00a0\u3000]+(?=\/\*)/g, '$1')

// It panics, has more comments in its answer than there were, or another answer to that.
const changesComment = (text, theirs) => plain(text) !== text &&
  (theirs === undefined || theirs.split('/*').length > text.split('/*').length || reference(theirs) !== theirs)

// What the reference settles on, or undefined if it never does.
function settled(text) {
  for (let run = 0; run < SETTLING_RUNS; run++) {
    const again = reference(plain(text))
    if (again === undefined) return undefined
    if (again === text) return text
    text = again
  }
  return undefined
}

// --- the texts ------------------------------------------------------------------------------------------

const filesBelow = dir => fs.readdirSync(dir, { recursive: true }).filter(f => f.endsWith('.prisma') && !f.includes('node_modules')).sort()
  .map(f => ({ label: f, text: fs.readFileSync(path.join(dir, f), 'utf8') }))

function documented() {
  const docs = path.join(root, '../../docs')
  return fs.readdirSync(docs).filter(f => f.endsWith('.md')).flatMap(f =>
    [...fs.readFileSync(path.join(docs, f), 'utf8').matchAll(/^```prisma.*\n([^]*?)^```/gm)].map((m, i) => ({ label: `${f}#${i + 1}`, text: m[1] })))
}

// Blocks in up to four files.
function inFiles(text, r) {
  const files = Array.from({ length: 2 + r.below(3) }, () => '')
  for (const block of text.split(/(?<=^\}\n)/m)) files[r.below(files.length)] += block
  return together(files)
}

// Endless: first all as they are, then round after round of scrambled ones with a made-up schema between.
function* texts(options) {
  const written = [...filesBelow(root), ...documented(), ...(options.folder ? filesBelow(options.folder) : [])]
  yield* written
  for (let round = 1; ; round++) {
    for (const [i, w] of written.entries()) {
      yield { label: `${w.label}~${round}`, text: scramble(w.text, options.seed, round, i) }
      const made = schemaText(drawSchema(chanceOf(options.seed, round, i, 1)).schema)
      yield { label: `made~${round}.${i}`, text: scramble(made, options.seed, round, i, 2) }
      const small = random(options.seed, round, i)
      yield { label: `mutant~${round}.${i}`, text: mutate(small, round % 2 ? generate(small) : w.text).text }
      yield { label: `files~${round}.${i}`, text: inFiles(leaveOut(made, options.seed, round, i, 4), chanceOf(options.seed, round, i, 5)) }
      yield { label: `half~${round}.${i}`, text: leaveOut(round % 2 ? made : w.text, options.seed, round, i, 3) }
    }
  }
}

// --- the judgement --------------------------------------------------------------------------------------

// A text that parses for the reference alone, as mutants/accepted.mjs lists them.
function isAccepted(bellows, text, error) {
  const [, code, message] = error.match(/^error\[(\w+)\]: (.*)/)
  const judge = async other => ({ theirs: { valid: isValid(other) }, answer: { valid: ours(bellows, other).code === 0 } })
  return rowFor(text, { valid: true }, { valid: false, first: { code }, message }, judge)
}

// A key of the counts, or what is wrong.
async function judge(bellows, text) {
  const answer = ours(bellows, text)
  if (answer.code !== 0) {
    if (answer.code !== 1 || !answer.error.startsWith('error[')) return { wrong: `ended with ${answer.code}: ${answer.error.slice(0, 800)}` }
    return isValid(text) && !await isAccepted(bellows, text, answer.error) ? { wrong: `refused, but valid: ${answer.error.slice(0, 800)}` } : 'refused'
  }
  const theirs = reference(text)
  if (answer.text === theirs) return 'same'
  if (changesComment(text, theirs) && answer.text === reference(plain(text))) return 'plain'
  if (theirs !== undefined && (!isValid(theirs) && !isValid(text) || sharesColumns(theirs) && !sharesColumns(text))) return judgeCompleted(bellows, text, theirs, answer.text)
  const rest = settled(text)
  if (rest === answer.text) return 'settled'
  if (theirs === undefined && rest === undefined) return 'panicked'
  return { wrong: 'another layout', theirs: rest ?? theirs, ours: answer.text }
}

// Whether two relations of a model are stored in the same columns. The reference takes any column of the right name for a
// relation it completes; ours leaves alone what belongs to another one.
function sharesColumns(text) {
  return text.split(/^\s*\}/m).some(block => {
    const columns = [...block.matchAll(/fields\s*:\s*\[([^\]]*)\]/g)].flatMap(m => m[1].split(',').map(c => c.trim()))
    return new Set(columns).size < columns.length
  })
}

// Cycles of actions, and names that are the same once cut, go with the relations there are.
const mistakes = text => validate(named(text).map(([name, content]) => ({ path: name, content: stripUrls(content) }))).errors
  .filter(e => !/cyclic-referential-actions|has to be unique in the following namespace/.test(e.text)).length

// The reference completes the schema wrongly: what of ours?
function judgeCompleted(bellows, text, theirs, answer) {
  const again = ours(bellows, answer).text
  if (again !== answer) return { wrong: 'formatting again changes it', theirs: again, ours: answer }
  const rest = settled(answer)
  if (isValid(answer)) return rest === answer ? 'mended' : { wrong: 'completed, but the reference changes it', theirs: rest, ours: answer }
  if (rest !== undefined && (rest === answer || rest === settled(theirs))) return 'agreed'
  return mistakes(answer) <= Math.max(mistakes(text), mistakes(theirs)) ? 'left' : { wrong: 'more mistakes than there were', theirs, ours: answer }
}

function firstDifference(a, b) {
  const [x, y] = [a.split('\n'), b.split('\n')]
  const at = x.findIndex((line, i) => line !== y[i])
  const show = list => list.slice(Math.max(0, at - 2), at + 3).map(l => `    ${JSON.stringify(l)}\n`).join('')
  return `  line ${at + 1}\n  reference\n${show(x)}  bellows\n${show(y)}`
}

function report(options, label, text, wrong, number) {
  if (options.keep) {
    fs.mkdirSync(options.keep, { recursive: true })
    fs.writeFileSync(path.join(options.keep, label.replaceAll('/', '_') + '.prisma'), text)
  }
  if (number <= SHOWN) out(`FAILED ${label}: ${wrong.wrong}\n${wrong.theirs === undefined ? '' : firstDifference(wrong.theirs, wrong.ours)}`)
}

async function main() {
  let options
  try {
    options = parseArgs({ options: {
      bellows: { type: 'string' }, count: { type: 'string', default: '2000' }, seed: { type: 'string', default: '1' },
      only: { type: 'string', default: '' }, folder: { type: 'string' }, keep: { type: 'string' },
    } }).values
  } catch { options = {} }
  if (!options.bellows) { process.stderr.write('usage: see the head of format.mjs\n'); return 2 }
  if (!installed()) { out('*** SKIPPED: the reference engine is not installed.\n*** Run: (cd tests/conformance/engine && npm install)\n'); return 77 }
  options.seed = Number(options.seed)
  const counts = { same: 0, plain: 0, settled: 0, mended: 0, agreed: 0, left: 0, refused: 0, panicked: 0, failed: 0 }
  const limit = Number(options.count)
  let seen = 0
  for (const { label, text } of texts(options)) {
    if (seen++ >= limit) break
    if (!label.includes(options.only)) continue
    const verdict = await judge(options.bellows, text)
    if (typeof verdict === 'string') counts[verdict]++
    else report(options, label, text, verdict, ++counts.failed)
  }
  out(`${Object.entries(counts).map(([k, v]) => `${v} ${k}`).join(', ')}\n`)
  return counts.failed ? 1 : 0
}

process.exitCode = await main()
fs.rmSync(scratch, { recursive: true })
