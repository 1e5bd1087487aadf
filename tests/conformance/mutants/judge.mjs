// judge.mjs - what the reference says of a schema, and what we say.
//
// The reference is two engines: ours takes a schema of version 6 or of version 7 without being told which. Version 7
// refuses connection URLs in a datasource, version 6 demands one. So version 7 is asked without the URL lines that are
// right, version 6 with one added where there is none, and a schema is right when one of them says so.
//
// Two rules of ours stand above it: a schema without a datasource is one for PostgreSQL, and one for another database
// is refused at its provider.
import { spawn, spawnSync } from 'node:child_process'
import fs from 'node:fs'
import { createRequire } from 'node:module'
import readline from 'node:readline'
import { fileURLToPath } from 'node:url'
import os from 'node:os'
import path from 'node:path'

const require = createRequire(path.join(path.dirname(fileURLToPath(import.meta.url)), '../engine/reference.mjs'))
const modules = { 6: 'prisma-schema-wasm-6/src/prisma_schema_build.js', 7: '@prisma/prisma-schema-wasm/src/prisma_schema_build.js' }
const engines = {}

const engine = version => (engines[version] ??= load(version))
function load(version) {
  const file = require.resolve(modules[version])
  delete require.cache[file] // a new instance: the old one may have panicked
  return require(file)
}

export function missing() {
  return [6, 7].filter(v => { try { require.resolve(modules[v]); return false } catch { return true } })
}

// --- one engine -----------------------------------------------------------------------------------------

const lineAt = (text, offset) => text.slice(0, offset).split(/\r\n|\n|\r/).length

// Errors and warnings as {line, text}, in the engine's order; undefined when the engine panics.
function ask(version, text) {
  let answer
  try {
    answer = JSON.parse(engine(version).lint(JSON.stringify([['schema.prisma', text]])))
  } catch {
    delete engines[version]
    return undefined
  }
  const read = d => ({ line: lineAt(text, d.start), text: d.text })
  return { errors: answer.filter(d => !d.is_warning).map(read), warnings: answer.filter(d => d.is_warning).map(read) }
}

// --- both versions --------------------------------------------------------------------------------------

const urlLine = /^[ \t]*(url|directUrl|shadowDatabaseUrl)[ \t]*=[ \t]*("(?:[^"\\\r\n]|\\.)*"|env\("[^"\r\n]*"\))[ \t]*(\/\/[^\r\n]*)?$/gm
const datasourceHead = /(^|\})[ \t]*datasource\b/m
const defaultSource = 'datasource db {\n  provider = "postgresql"\n}\n'

const bodyOf = text => text.match(/^[ \t]*datasource[ \t]+[^\s{]+[ \t]*\{[^\r\n]*(\r\n|\n|\r)([^}]*)/m)

function askSeven(text) {
  const body = bodyOf(text)
  if (!body) return ask(7, text)
  const start = body.index + body[0].length - body[2].length
  const blank = body[2].replace(urlLine, line => ' '.repeat(line.length))
  return ask(7, text.slice(0, start) + blank + text.slice(start + blank.length))
}

function askSix(text) {
  const body = bodyOf(text)
  if (!body || /^[ \t]*url\b/m.test(body[2])) return ask(6, text)
  const at = body.index + body[0].length - body[2].length
  const inserted = lineAt(text, at)
  const answer = ask(6, `${text.slice(0, at)}url = "postgresql://x/y"${body[1]}${text.slice(at)}`)
  const shift = d => ({ ...d, line: d.line > inserted ? d.line - 1 : d.line })
  return answer && { errors: answer.errors.map(shift), warnings: answer.warnings.map(shift) }
}

const others = ['mysql', 'sqlite', 'sqlserver', 'mongodb', 'cockroachdb']

// The line of a provider that is another database's, or 0.
function otherProvider(text) {
  const body = bodyOf(text)
  const hit = body?.[2].match(/^[ \t]*provider[ \t]*=[ \t]*"([^"\r\n]*)"/m)
  return hit && others.includes(hit[1]) ? lineAt(text, body.index + body[0].length - body[2].length + hit.index) : 0
}

// {valid, line, text, version}: of the first error, in the words of the engine that counts. `panicked` when neither answers.
export function reference(schema) {
  const other = otherProvider(schema)
  if (other) return { valid: false, text: 'another database', isOther: true }
  if (!datasourceHead.test(schema)) {
    const answer = judge(defaultSource + schema)
    const shift = line => line - lineAt(defaultSource, defaultSource.length) + 1
    return answer.valid || answer.panicked ? answer : { ...answer, line: shift(answer.line), lines: answer.lines.map(shift) }
  }
  return judge(schema)
}

function judge(text) {
  const seven = askSeven(text)
  if (seven?.errors.length === 0 && !bodyOf(text)?.[2].match(urlLine)) return { valid: true, warnings: seven.warnings }
  const six = askSix(text)
  const aimless = [seven, six].some(a => a?.errors.some(e => e.text.includes('Default connector')))
  return aimless ? { panicked: true } : combine(text, seven, six)
}

const unknownFeature = e => e !== undefined && /^The preview feature "[^"]*" is not known/.test(e.text)

function combine(text, seven, six) {
  if (!seven && !six) return { panicked: true }
  if (six?.errors.length === 0) return { valid: true, warnings: six.warnings }
  const body = bodyOf(text)
  const start = body && lineAt(text, body.index)
  const inSource = body && six && six.errors[0].line >= start && six.errors[0].line <= lineAt(text, body.index + body[0].length)
  if (seven?.errors.length === 0 && !inSource) return { valid: true, warnings: seven.warnings }
  const isOfSix = seven && six && unknownFeature(seven.errors[0]) && !six.errors.some(unknownFeature)
  const [first, version] = six && (inSource || !seven || isOfSix) ? [six, 6] : [seven, 7]
  return { valid: false, ...first.errors[0], version, lines: first.errors.map(e => e.line), texts: first.errors.map(e => e.text) }
}

// --- ours -----------------------------------------------------------------------------------------------

// A process of bellows_verdict; `ask` gives {valid, findings: [{code, line}], first, message}, the last two of the first error,
// or {crashed} with what it said last.
export function ours(program) {
  let child, answers, complaint
  const start = () => {
    complaint = ''
    child = spawn(program, [], { stdio: ['pipe', 'pipe', 'pipe'] })
    child.stdin.on('error', () => {})
    child.stderr.on('data', d => { complaint = (complaint + d).slice(0, 20000) })
    const closed = new Promise(resolve => child.on('close', resolve))
    answers = readline.createInterface({ input: child.stdout })[Symbol.asyncIterator]()
    child.closed = closed
  }
  const read = line => {
    const [codes, message] = line.split('\t')
    const [word, ...found] = codes.split(' ')
    const findings = found.map(f => { const [code, at] = f.split(':'); return { code, line: Number(at) } })
    return { valid: word === 'valid', findings, first: findings.find(f => !f.code.startsWith('W')), message }
  }
  return {
    async ask(text) {
      if (!child) start()
      const bytes = Buffer.from(text)
      child.stdin.write(`${bytes.length}\n`)
      child.stdin.write(bytes)
      const answer = await answers.next()
      if (!answer.done) return read(answer.value)
      await child.closed
      child = undefined
      return { crashed: complaint || 'ended without a word' }
    },
    end() { child?.stdin.end() },
  }
}

// The same question to the command itself: "CODE:LINE" for each finding, in order.
export function command(bellows, text) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'verdict-'))
  const file = path.join(folder, 'schema.prisma')
  fs.writeFileSync(file, text)
  const r = spawnSync(bellows, ['validate', '--json', '--schema', file], { encoding: 'utf8', timeout: 30000, maxBuffer: 1 << 26 })
  fs.rmSync(folder, { recursive: true })
  if (r.error || ![0, 1].includes(r.status)) return `ended with ${r.error ?? r.signal ?? r.status}: ${r.stderr.slice(0, 200)}`
  const found = JSON.parse(r.stdout).diagnostics.map(d => `${d.code}:${d.line}`).join(' ')
  return `${r.status === 0 ? 'valid' : 'refused'} ${found}`.trim()
}
