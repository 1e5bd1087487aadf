#!/usr/bin/env node
// engine.mjs - what the command line of version 7 takes for its native engine: the same protocol (JSON-RPC, a line each), answered by
// the engine as WebAssembly (../engine/reference.mjs), which needs no download. Named by PRISMA_SCHEMA_ENGINE_BINARY.
import readline from 'node:readline'
import fs from 'node:fs'
import { canConnect, createDatabase, onCopy, withEngine } from '../engine/reference.mjs'

const words = process.argv.slice(2)
const valuesOf = name => words.flatMap((w, i) => w === name ? [words[i + 1]] : [])
const { url } = JSON.parse(valuesOf('--datasource')[0] ?? '{}')
const files = valuesOf('--datamodels').map(path => ({ path, content: fs.readFileSync(path, 'utf8') }))
const say = message => process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`)

// Before it speaks, the command line asks by words whether the database is there.
if (words.includes('cli')) {
  const ask = { 'can-connect-to-database': () => canConnect(url), 'create-database': () => createDatabase(url) }[words[words.indexOf('cli') + 1]]
  process.exit(await ask().then(() => 0, e => {
    process.stderr.write(`${JSON.stringify({ fields: { message: e.message, error_code: e.code === '3D000' ? 'P1003' : e.code, is_panic: false } })}\n`)
    return 1
  }))
}

const engine = (use, address = url) => withEngine({ ...files.length ? { files } : {}, url: address, offline: !url }, use)

// Two questions the WebAssembly engine of version 7 cannot answer: it finds no way to its shadow database. What a change would
// lose is asked of a copy of the database, the script of the comparison.
const whole = {
  createDatabase: () => createDatabase(url),
  getDatabaseVersion: () => engine(e => e.version(null)),
  async evaluateDataLoss({ schema, filters, migrationsList }) {
    const script = await scriptOf(migrationsList, schema, filters)
    const pushed = await onCopy(url, copy => engine(e => e.schemaPush({ force: false, schema, filters }), copy))
    return { migrationSteps: script ? 1 : 0, warnings: steps(pushed.warnings), unexecutableSteps: steps(pushed.unexecutable) }
  },
  async createMigration({ schema, filters, migrationsList, migrationName, draft }) {
    const now = new Date().toISOString().replace(/\D/g, '').slice(0, 14)
    const script = await scriptOf(migrationsList, schema, filters)
    return { connectorType: 'postgresql', extension: 'sql', generatedMigrationName: `${now}_${migrationName}`,
      migrationScript: script || draft ? script : null }
  },
}
const steps = messages => messages.map((message, stepIndex) => ({ message, stepIndex }))
const before = list => list.migrationDirectories.length ? { tag: 'migrations', ...list } : { tag: 'empty' }
const scriptOf = (migrationsList, schema, filters) => engine(async e => (await e.diff({ from: before(migrationsList),
  to: { tag: 'schemaDatamodel', ...schema }, script: true, exitCode: null, shadowDatabaseUrl: null, filters })).stdout?.replace('-- This is an empty migration.', '').trim() ?? '')

async function answer({ method, params }) {
  if (whole[method]) return whole[method](params)
  const result = await engine(e => e[method](params))
  if (method === 'diff' && result.stdout) say({ id: 'print', method: 'print', params: { content: result.stdout } })
  return result ?? {}
}

// What the engine throws: a message, and where it has one the code of a known error.
function errorOf(e) {
  const text = String(e.message ?? e)
  const code = e.code ?? /^(P\d{4})\b/.exec(text)?.[1]
  return { code: 4466, message: 'An error happened.', data: { is_panic: false, message: text, error_code: code ?? null, meta: e.meta ?? null } }
}

for await (const line of readline.createInterface({ input: process.stdin })) {
  const request = JSON.parse(line)
  if (!request.method) continue // that something was printed
  try { say({ id: request.id, result: await answer(request) }) } catch (e) { say({ id: request.id, error: errorOf(e) }) }
}
