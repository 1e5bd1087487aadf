#!/usr/bin/env node
// sentences.mjs - what a script can look for in the reference's output is in ours, word for word, with the same exit code.
//
//   node tests/conformance/sentences.mjs BELLOWS            judges against sentences.json and sentences-7.json
//   node tests/conformance/sentences.mjs --record 6|7       asks the reference (cli-6 or cli-7, installed by npm) and writes its file
//   ... --only NAME                                         one scenario; --show prints our output
//
// A project of version 7 has its URL in prisma.config.mjs, and its commands know fewer flags; sentences-7.json holds the scenarios
// in which version 7 says something else than 6.
//
// The server is BELLOWS_TEST_URL's. Each line of the reference is wanted somewhere in our two streams; lines that are not are rows
// of `known`, with the reason, and a row that is no longer needed fails. Exit: 0, 1, 64, 77 (aloud) without a server.
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { dropStatements } from './drop.mjs'

const here = path.dirname(fileURLToPath(import.meta.url))
const record = process.argv.includes('--record'), show = process.argv.includes('--show')
const only = process.argv.includes('--only') ? process.argv[process.argv.indexOf('--only') + 1] : undefined
const server = process.env.BELLOWS_TEST_URL
if (!record && !process.argv[2]) { process.stderr.write('usage: sentences.mjs BELLOWS | --record\n'); process.exit(64) }
if (!server) { process.stdout.write('SKIPPED: no BELLOWS_TEST_URL\n'); process.exit(77) }
const asked = record ? process.argv[process.argv.indexOf('--record') + 1] ?? '6' : undefined
if (record && !['6', '7'].includes(asked)) { process.stderr.write('sentences: --record 6 or --record 7\n'); process.exit(64) }

// What a project of a version looks like, and how its own command line is run without a download.
const versions = {
  6: { recordedIn: path.join(here, 'sentences.json'), url: '  url      = env("DATABASE_URL")\n', config: path.join(here, 'cli-6/prisma.config.mjs'),
    words: command => command, env: { PRISMA_QUERY_ENGINE_LIBRARY: process.execPath, PRISMA_SCHEMA_ENGINE_BINARY: '/bin/true', BELLOWS_ENGINE: `file://${here}/cli-6/x` } },
  7: { recordedIn: path.join(here, 'sentences-7.json'), url: '', config: path.join(here, 'cli-7/prisma.config.mjs'), always: true,
    words: command => command.replace(' --skip-generate', '').replace('--to-schema-datamodel', '--to-schema').replace(/ --schema \S+/, ''),
    env: { PRISMA_SCHEMA_ENGINE_BINARY: path.join(here, 'cli-7/engine.mjs') } },
}
const program = record ? [process.execPath, path.join(here, `cli-${asked}/node_modules/prisma/build/index.js`)] : [path.resolve(process.argv[2])]

// --- scenarios: commands, and what happens between them -------------------------------------------------

const A = 'model A {\n  id Int    @id\n  b  String\n}\n'
const plusNullable = 'model A {\n  id Int     @id\n  b  String\n  c  String?\n}\n'
const withoutB = 'model A {\n  id Int @id\n}\n'
const plusRequired = 'model A {\n  id Int    @id\n  b  String\n  d  Int\n}\n'
const one = '20240101000000_one', two = '20240102000000_two'
const makesA = 'CREATE TABLE "A" ("id" int primary key, "b" text not null);'
const schema = models => ({ schema: models }), sql = text => ({ sql: text }), migration = (name, text) => ({ migration: [name, text] })

const scenarios = {
  work: [schema(A), 'migrate status', 'migrate deploy', 'migrate dev --name init', 'migrate dev', 'migrate status', 'migrate deploy',
    'migrate reset --force --skip-generate'],
  behind: [schema(A), migration(one, makesA), migration(two, 'ALTER TABLE "A" ADD COLUMN "c" text;'), 'migrate status', 'migrate deploy', 'migrate deploy'],
  failed: [schema(A), migration(one, makesA), migration(two, 'SELECT nothing;'), 'migrate deploy', 'migrate deploy', 'migrate status',
    `migrate resolve --rolled-back ${two}`, `migrate resolve --rolled-back ${one}`, 'migrate resolve --rolled-back nope',
    'migrate resolve --applied nope', `migrate resolve --applied ${one}`, `migrate resolve --applied ${two}`, 'migrate status', 'migrate resolve'],
  baseline: [schema(A), sql(makesA), migration(one, makesA), 'migrate status', 'migrate deploy', `migrate resolve --applied ${one}`, 'migrate status'],
  unreadable: [schema(A), { folder: one }, 'migrate deploy'],
  edited: [schema(A), 'migrate dev --name init', { append: /init$/ }, 'migrate dev --name more'],
  drifted: [schema(A), 'migrate dev --name init', sql('ALTER TABLE "A" ADD x int'), 'migrate dev --name more'],
  diverged: [schema(A), 'migrate dev --name init', schema(plusNullable), 'migrate dev --name two', { remove: /two$/ },
    migration('20990101000000_other', 'CREATE TABLE x (i int PRIMARY KEY);'), 'migrate status'],
  losing: [schema(A), 'migrate dev --name init', sql('INSERT INTO "A" VALUES (1, \'x\')'), schema(withoutB), 'migrate dev --name loss'],
  pushing: [schema(A), 'db push --skip-generate', 'db push --skip-generate', sql('INSERT INTO "A" VALUES (1, \'x\')'), schema(withoutB),
    'db push --skip-generate', 'db push --skip-generate --accept-data-loss', schema(plusRequired), 'db push --skip-generate'],
  scripts: [schema(A), { file: ['x.sql', 'SELECT 1;'] }, 'db execute --file x.sql --schema prisma/schema.prisma', 'db execute',
    { file: ['package.json', '{"name": "x", "prisma": {"seed": "true"}}'] }],
  language: [schema(A), 'validate', 'format', 'format --check', schema('model A {\n id Int @id\n}'), 'format --check'],
  comparing: [schema(A), 'migrate diff --from-empty --to-schema-datamodel prisma/schema.prisma'],
  interaction: [schema(A), 'migrate reset'],
}

// What of the reference is not in ours, and why. `line` is looked for in the reference's line, `command` in the command.
const known = [
  { line: /^(Read more|https?:|See https|Hint: )/, why: 'pages of theirs' },
  { line: /^To apply migrations in|^During development if|^The failed migration\(s\) can be|^- If you|^prisma migrate resolve|^You can use |^Then run |^You may use|^prisma migrate/, why: 'advice, given in our words' },
  { line: /^We need to reset|^All data will be lost/, why: 'no reset is proposed: what was made by hand stays' },
  { line: /^The following is a summary|^It should be understood/, why: 'about the differences printed below it' },
  { line: /^Could not find the migration file at migration\.sql/, why: 'ours says which file' },
  { line: /^1 migration found/, scenario: 'unreadable', why: 'what cannot be read is told before anything is counted' },
  { line: /started at .* failed$/, why: 'ours says when in the server\'s time' },
  { line: /^(Step 0 )?Added the required column|^You are about to drop the column/, why: 'hazards have sentences of their own, with counts' },
  { line: /^Warnings for the current/, why: 'one heading for all commands: that of db push' },
  { line: /^Use the --accept-data-loss|^`prisma migrate dev` is an interactive|^To apply existing|^Prisma Migrate has detected.*not supported/, why: 'ours names both flags that answer' },
  { line: /^Use --force|^Prisma Migrate has detected.*It is recommended/, command: /reset/, why: 'the first words are equal, the rest says what is lost' },
  { line: /^--applied or --rolled-back|^Either --stdin|^Pass either|^- (`|--)|^Must pass|^One of|must be (part|provided)|^See `prisma .* -h`|^`?--(to|from)-/, why: 'usage errors have our words and exit code 64' },
  { line: /^The migrations? (from the database )?(is|are|have)|^20990101000000_other$|^<T>_two$/, why: 'listed under our titles' },
  { line: /./, command: /deploy/, scenario: 'failed', why: 'the WebAssembly engine says another thing of a failing script than the native one' },
  { line: /^The database schema is not empty|^migrate found failed|cannot be rolled back|could not be found|already recorded as applied/, prefix: true, why: 'the sentence, then ours goes on with the name of what was found' },
]
const knownCodes = [
  { command: /./, theirs: 1, ours: 3, why: 'consent is missing (docs: exit codes)' },
  { command: /./, theirs: 1, ours: 64, why: 'wrong usage (docs: exit codes)' },
  { command: /^format --check/, theirs: 1, ours: 2, why: 'a difference was found' },
  { command: /^migrate dev/, theirs: 130, ours: 0, why: 'no reset is proposed' },
]

// Sentences that stand on our other stream (docs/from-prisma.md).
const knownStreams = [
  { command: /^migrate status/, line: /./, why: 'what a command was asked for is its output, good or bad' },
  { command: /^migrate dev|^db push/, line: /was modified after|^Drift detected|^\[[*+]\]|^There might be data loss/, why: 'warnings are no output' },
  { command: /^format --check/, line: /^All files/, why: 'the output is names of files, and there are none' },
]

// --- one command ----------------------------------------------------------------------------------------

const psql = (url, ...statements) => spawnSync('psql', ['-Xqt', url, ...statements.flatMap(s => ['-c', s])], { encoding: 'utf8' })
const urlOf = database => { const u = new URL(server); u.pathname = `/${database}`; return u.toString() }

const noise = /^(Loaded Prisma config|Prisma config detected|Prisma schema loaded|Datasource "|WARNING: Your schema|- url|The values from your|We recommend you to|Running generate|\[2K| *\d+: |at schema-engine|with [a-z_]+=|Error: P\d+$|Error:?$|└─|├─|│|$)/
const selector = /\ufe0f/g // an invisible character, which ours shows as an escape
const cleaned = text => text.replace(selector, '').replace(/\x1b\[[0-9]*[A-Z]/g, '').split('\n').map(l => l.trim().replace(/^(Error: |⚠ +|• |- (?=Drift|The following mig)|! )/, '')
  .replace(/\b2[0-9]{13}(?=_(init|two|more)\b)/g, m => m.startsWith('2024') ? m : '<T>').replace(/\b\d+(\.\d+)?m?s\b/g, '<N>ms')
  .replace(/[.:]$/, '')).filter(l => !noise.test(l))

function project(name, version) {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'bellows-sentences-'))
  const database = `bellows_sentences_${process.pid}_${name}`
  const migrations = path.join(root, 'prisma/migrations')
  fs.mkdirSync(path.join(root, 'prisma'))
  fs.writeFileSync(path.join(root, 'package.json'), '{"name": "x"}')
  if (record || version.always) fs.copyFileSync(version.config, path.join(root, 'prisma.config.mjs'))
  psql(server, `CREATE DATABASE ${database}`)
  const env = { ...process.env, DATABASE_URL: urlOf(database), CI: '1', NO_COLOR: '1', CHECKPOINT_DISABLE: '1', PRISMA_HIDE_UPDATE_MESSAGE: '1', ...version.env }
  const matching = pattern => fs.readdirSync(migrations).filter(n => pattern.test(n)).map(n => path.join(migrations, n))
  return {
    step(step) {
      if (step.schema !== undefined) {
        fs.writeFileSync(path.join(root, 'prisma/schema.prisma'), `datasource db {\n  provider = "postgresql"\n${version.url}}\n\n${step.schema}\n`)
      } else if (step.migration) {
        fs.mkdirSync(path.join(migrations, step.migration[0]), { recursive: true })
        fs.writeFileSync(path.join(migrations, step.migration[0], 'migration.sql'), step.migration[1])
      } else if (step.folder) fs.mkdirSync(path.join(migrations, step.folder), { recursive: true })
      else if (step.sql) psql(env.DATABASE_URL, step.sql)
      else if (step.file) fs.writeFileSync(path.join(root, step.file[0]), step.file[1])
      else if (step.remove) matching(step.remove).forEach(m => fs.rmSync(m, { recursive: true }))
      else if (step.append) matching(step.append).forEach(m => fs.appendFileSync(path.join(m, 'migration.sql'), '\n-- edited'))
    },
    run(words) {
      const command = version.words(words)
      const r = spawnSync(program[0], [...program.slice(1), ...command.split(' ')], { cwd: root, env, encoding: 'utf8', input: '', timeout: 120000 })
      const both = `${r.stdout}\n${r.stderr}`
      if (show) process.stdout.write(`### ${name}: ${command} -> ${r.status}\n${both}\n`)
      return { command, code: r.status, lines: cleaned(both), out: cleaned(r.stdout), text: both }
    },
    end() {
      dropStatements(database).forEach(s => psql(server, s))
      fs.rmSync(root, { recursive: true })
    },
  }
}

function answersOf(name, version) {
  const p = project(name, version)
  try {
    return scenarios[name].flatMap(step => typeof step === 'string' ? [p.run(step)] : (p.step(step), []))
  } finally { p.end() }
}

// --- verdicts -------------------------------------------------------------------------------------------

const words = line => line.replaceAll('prisma ', 'bellows ')
const first = line => words(line).split(/[.:] |\. ?$/)[0]

function judge(title, name, theirs, ours) {
  const text = ours.lines.join('\n')
  let faults = 0
  const fault = what => { faults++; process.stdout.write(`FAULT ${title}: ${theirs.command}: ${what}\n`) }
  for (const line of theirs.lines) {
    if (text.includes(words(line)) || text.includes(line)) continue
    const row = known.find(k => k.line.test(line) && (k.command?.test(theirs.command) ?? true) && (k.scenario ?? name) === name &&
      (!k.prefix || text.includes(first(line).replace(/^(The migration )`?/, '$1'))))
    if (row) row.used = true
    else fault(`not said: ${line}`)
  }
  for (const line of theirs.lines.filter(l => !theirs.out.includes(l) === ours.out.some(o => o.includes(words(l))))) {
    if (!ours.lines.some(o => o.includes(words(line)))) continue // judged above
    const row = knownStreams.find(k => k.line.test(line) && k.command.test(theirs.command))
    if (row) row.used = true
    else fault(`${theirs.out.includes(line) ? 'not on standard output' : 'not on standard error'}: ${line}`)
  }
  if (ours.code !== theirs.code) {
    const row = knownCodes.find(k => k.command.test(theirs.command) && k.theirs === theirs.code && k.ours === ours.code)
    if (row) row.used = true
    else fault(`exit code ${ours.code}, the reference's is ${theirs.code}`)
  }
  return faults
}

const names = Object.keys(scenarios).filter(n => !only || n === only)
const recordedOf = version => fs.existsSync(version.recordedIn) ? JSON.parse(fs.readFileSync(version.recordedIn, 'utf8')) : {}
const wanted = lines => lines.map(l => l.replace(selector, '').replace(/^⚠ +/, '')).filter(l => !noise.test(l))
const timeless = line => line.replace(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[.\d]*/, '<when>').replace(/ at "[^"]*"/, '')
const said = scenario => JSON.stringify(scenario?.map(({ code, lines, out }) => ({ code, ...Object.fromEntries(Object.entries({ lines, out }).map(([k, l]) => [k, wanted(l).map(timeless).sort()])) })))
if (record) {
  const version = versions[asked], six = recordedOf(versions[6])
  const all = Object.fromEntries(names.map(n => [n, answersOf(n, version).map(({ command, code, lines, out }) => ({ command, code, lines, out }))]))
  const kept = Object.entries({ ...only ? recordedOf(version) : {}, ...all }).filter(([n, answers]) => version === versions[6] || said(answers) !== said(six[n]))
  fs.writeFileSync(version.recordedIn, `${JSON.stringify(Object.fromEntries(kept), null, 1)}\n`)
  process.exit(0)
}
let faults = 0, commands = 0, lines = 0
for (const [number, version] of Object.entries(versions)) {
  const recorded = recordedOf(version)
  for (const name of names.filter(n => recorded[n])) {
    answersOf(name, version).forEach((ours, i) => {
      const theirs = recorded[name][i]
      theirs.lines = wanted(theirs.lines)
      theirs.out = wanted(theirs.out)
      faults += judge(`${name} (version ${number})`, name, theirs, ours)
      commands++
      lines += theirs.lines.length
    })
  }
}
if (!only) for (const row of [...known, ...knownStreams, ...knownCodes]) if (!row.used) { faults++; process.stdout.write(`FAULT no longer needed: ${row.why}\n`) }
process.stdout.write(`${commands} commands, ${lines} lines of the reference, ${faults} faults\n`)
process.exit(faults ? 1 : 0)
