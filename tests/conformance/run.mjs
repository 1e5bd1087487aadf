#!/usr/bin/env node
// run.mjs - judges our binary: for every case its script must be, to the byte, what the reference engine answers now.
//
//   node tests/conformance/run.mjs --bellows PATH [--filter S] [--divergent]
//
// For a schema runs   PATH migrate diff --from-empty --to-schema-datamodel S --script
// for an edit         PATH migrate diff --from-schema-datamodel A --to-schema-datamodel B --script
// No database is needed. A recorded expected.sql that is not the engine's answer any more is a failure as well.
// --divergent also shows where we stand in the cases the reference gets wrong; they never count as failures.
//
// From the engine's text to the output of a command line: the engine's script ends with one newline ("...;\n"), and the
// reference's own command line prints one more. So we must print the engine's text plus "\n". For an empty diff the
// engine says "-- This is an empty migration.\n"; whether its command line then prints a second newline depends on how
// it was built, so one and two are both accepted there.
//
// Prints each mismatch as a short unified diff and a closing line. Exit: 0 all passed, 1 a failure, 2 wrong usage,
// 77 the engine is not installed.
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { listCases } from './cases.mjs'
import { diff, installed, readSchema } from './engine/reference.mjs'

const SHOWN_LINES = 40
const EMPTY = '-- This is an empty migration.\n'
const out = text => process.stdout.write(text)
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'conformance-'))

function unifiedDiff(expected, actual) {
  const [e, a] = ['reference', 'bellows'].map(n => path.join(scratch, n))
  fs.writeFileSync(e, expected)
  fs.writeFileSync(a, actual)
  const args = ['-u', '--label', 'reference', '--label', 'bellows', e, a]
  const lines = spawnSync('diff', args, { encoding: 'utf8' }).stdout.split('\n')
  const rest = lines.length - SHOWN_LINES
  return lines.slice(0, SHOWN_LINES).join('\n') + (rest > 0 ? `\n... ${rest} more lines\n` : '')
}

// What our binary says; an `error` when it does not end well.
function ask(bellows, c) {
  const from = c.from ? ['--from-schema-datamodel', c.from] : ['--from-empty']
  const r = spawnSync(bellows, ['migrate', 'diff', ...from, '--to-schema-datamodel', c.to, '--script'],
    { encoding: 'utf8', timeout: 30000, maxBuffer: 1 << 26 })
  if (r.error) return { error: String(r.error.message) }
  if (r.status !== 0) return { error: `ended with ${r.signal ?? r.status}: ${r.stderr.trim().split('\n').slice(0, 8).join('\n')}` }
  return { text: r.stdout }
}

const sameText = (script, text) => text === script + '\n' || (script === EMPTY && text === EMPTY)

// Undefined if the case passes, else what is wrong.
async function judge(bellows, c) {
  const script = await diff(c.from ? { schema: readSchema(c.from) } : 'empty', { schema: readSchema(c.to) })
  const recorded = fs.existsSync(c.expected) ? fs.readFileSync(c.expected, 'utf8') : ''
  if (recorded !== script) return 'expected.sql is stale: run record.mjs'
  const answer = ask(bellows, c)
  if (answer.error) return answer.error
  return sameText(script, answer.text) ? undefined : unifiedDiff(script + '\n', answer.text)
}

async function showDivergent(bellows, filter) {
  for (const c of listCases(['divergent'], filter)) {
    const wrong = await judge(bellows, c).catch(e => e.message)
    out(`${c.label}: ${wrong ? 'another answer than the reference\'s' : 'the same answer as the reference'}\n`)
  }
}

function usage() {
  process.stderr.write('usage: node run.mjs --bellows PATH [--filter S] [--divergent]\n')
  return 2
}

async function main() {
  let options
  try {
    options = parseArgs({ options: {
      bellows: { type: 'string' }, filter: { type: 'string', default: '' }, divergent: { type: 'boolean' },
    } }).values
  } catch { return usage() }
  if (!options.bellows) return usage()
  if (!installed()) {
    out('*** SKIPPED: the reference engine is not installed.\n*** Run: (cd tests/conformance/engine && npm install)\n')
    out(`0 passed, 0 failed, ${listCases(['schemas', 'edits'], options.filter).length} skipped\n`)
    return 77
  }
  const bellows = path.resolve(options.bellows)
  const cases = listCases(['schemas', 'edits'], options.filter)
  let failed = 0
  for (const c of cases) {
    const wrong = await judge(bellows, c).catch(e => e.message)
    if (wrong) { failed++; out(`FAILED ${c.label}\n${wrong.trimEnd()}\n\n`) }
  }
  if (options.divergent) await showDivergent(bellows, options.filter)
  out(`${cases.length - failed} passed, ${failed} failed, 0 skipped\n`)
  return failed || !cases.length ? 1 : 0
}

main().then(code => { fs.rmSync(scratch, { recursive: true }); process.exit(code) })
