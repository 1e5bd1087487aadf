#!/usr/bin/env node
// interchange.mjs - folders our own commands wrote, phases and all, applied by the reference, by us, and by both in turn: the
// same schema, the same rows, the same history, and neither sees anything left to do.
//
//   node tests/conformance/interchange.mjs BELLOWS
//
// See project.mjs for the server and the exit codes.
import assert from 'node:assert/strict'
import { clean, psql, runCases } from './project.mjs'

// --- changes that come in phases ------------------------------------------------------------------------

const people = 'INSERT INTO "User" (id, email, name, age, kind) SELECT n, \'u\' || n, \'n\' || n % 7, n, CASE WHEN n % 2 = 0 THEN \'a\' ELSE \'b\' END::"Kind" FROM generate_series(1, 3000) n'
const user = (lines, values = 'a\n  b\n  c') => `model User {\n  id    Int    @id\n  email String\n  ${lines.join('\n  ')}\n}\n\nenum Kind {\n  ${values}\n}\n`
const first = user(['name  String', 'age   Int?', 'kind  Kind'])

const changes = {
  'a column renamed': user(['/// @renamedFrom(name)', 'fullName String', 'age Int?', 'kind Kind']),
  'a table renamed': `/// @renamedFrom(User)\n${first.replace('model User', 'model Person')}`,
  'a required field with a fill': user(['name String', 'age Int?', 'kind Kind', '/// @backfill(10)', 'limit Int']),
  'a field made required': user(['name String', 'age Int', 'kind Kind']),
  'an index and a unique': user(['name String', 'age Int?', 'kind Kind', '@@index([name])', '@@unique([email])']),
  'a type that breaks': user(['name String', 'age BigInt?', 'kind Kind']),
  'an enum that loses a value': user(['name String', 'age Int?', 'kind Kind', 'second Kind @default(b)'], 'a\n  b'),
  'a column dropped': user(['name String', 'kind Kind']),
  'a relation to a table in use': `${user(['name String', 'age Int?', 'kind Kind', 'bossId Int?', 'boss User? @relation("b", fields: [bossId], references: [id])', 'staff User[] @relation("b")'])}`,
  'many at once': user(['/// @renamedFrom(name)', 'fullName String', '/// @backfill(1)', 'limit Int', 'kind Kind', '@@index([limit])', '@@unique([email])'], 'a\n  b'),
}

// Our development of the change, once, in a database that has no rows: its scripts, and the names before and of the change.
const developed = new Map()
function develop(p, wanted) {
  if (!developed.has(wanted)) {
    p.schema(first)
    p.oursWell('dev', '--name', 'first')
    const begin = p.migrations()
    p.schema(wanted)
    p.oursWell('dev', '--name', 'change', '--accept-data-loss')
    p.well('check')
    const scripts = p.migrations().slice(begin.length)
    developed.set(wanted, { begin, scripts, files: p.files() })
  }
  return developed.get(wanted)
}

// Another database that has the first migration and rows.
async function production(p, { begin, files }, apply) {
  p.put(files, begin)
  await apply()
  psql(p.url, people)
}

function sameDatabase(one, two) {
  assert.match(one.shape(), /^column /m)
  assert.equal(two.shape(), one.shape())
  assert.equal(two.content(), one.content())
}

function sameEnd(one, two) {
  sameDatabase(one, two)
  assert.equal(two.rows(), one.rows())
}

const cases = {}
for (const [name, wanted] of Object.entries(changes)) {
  cases[`${name}: the reference ends where we end`] = async (ours, theirs, author) => {
    const made = develop(author, wanted)
    await production(ours, made, () => ours.oursWell('deploy'))
    await production(theirs, made, () => theirs.theirs())
    for (const p of [ours, theirs]) { p.schema(wanted); p.put(made.files, Object.keys(made.files)) }
    ours.oursWell('deploy', '--contract')
    await theirs.theirs()
    sameEnd(ours, theirs)
    await clean(ours)
    await clean(theirs)
    for (const p of [ours, theirs]) { p.oursWell('status'); p.well('check') }
    assert.deepEqual((await ours.theirs()).appliedMigrationNames, [])
  }
  cases[`${name}: a person with psql ends where we end`] = async (ours, theirs, author) => {
    const made = develop(author, wanted), { begin, scripts, files } = made
    await production(ours, made, () => ours.oursWell('deploy'))
    await production(theirs, made, () => theirs.byHand(begin))
    for (const p of [ours, theirs]) { p.schema(wanted); p.put(files, scripts) }
    ours.oursWell('deploy', '--contract')
    theirs.byHand(scripts)
    sameDatabase(ours, theirs)
  }
  cases[`${name}: begun by one, ended by the other`] = async (ours, theirs, author) => {
    const made = develop(author, wanted), { begin, scripts, files } = made
    await production(ours, made, () => ours.oursWell('deploy'))
    await production(theirs, made, () => theirs.theirs())
    for (const p of [ours, theirs]) p.schema(wanted)
    ours.put(files, scripts)
    ours.oursWell('deploy') // up to the gate: of a plan with scripts missing ours runs nothing
    theirs.put(files, scripts.slice(0, Math.ceil(scripts.length / 2)))
    await theirs.theirs()
    theirs.put(files, scripts)
    await ours.theirs()
    theirs.oursWell('deploy', '--contract')
    sameEnd(ours, theirs)
    await clean(ours)
    await clean(theirs)
  }
}

cases['scripts that wait for the gate are merely pending to the reference'] = async (ours, theirs, author) => {
  const made = develop(author, changes['a column renamed']), { scripts, files } = made
  await production(ours, made, () => ours.oursWell('deploy'))
  ours.put(files, scripts)
  ours.schema(changes['a column renamed'])
  ours.oursWell('deploy')
  const { history } = await ours.diagnosis()
  assert.equal(history.diagnostic, 'databaseIsBehind')
  assert.deepEqual((await ours.theirs()).appliedMigrationNames, history.unappliedMigrationNames)
  await clean(ours)
}

// --- failures, from either side, resolved by the other ---------------------------------------------------

const bad = '20240102000000_bad'

cases['failed with us, rolled back with us, applied by the reference'] = async p => {
  p.write(bad, 'CREATE TABLE "c" (i int);\nSELECT nonsense;\n')
  assert.equal(p.ours('deploy').status, 1)
  p.oursWell('resolve', '--rolled-back', bad)
  p.write(bad, 'CREATE TABLE "c" (i int);\n')
  assert.deepEqual((await p.theirs()).appliedMigrationNames, [bad])
  await clean(p)
  p.oursWell('status')
}

cases['failed with the reference, rolled back with it, applied by us'] = async (p, other) => {
  for (const at of [p, other]) at.write(bad, 'SELECT nonsense;\n')
  await assert.rejects(p.theirs())
  assert.equal(other.ours('deploy').status, 1)
  await p.theirsRolledBack(bad)
  other.oursWell('resolve', '--rolled-back', bad)
  for (const at of [p, other]) at.write(bad, 'SELECT 1;\n')
  p.oursWell('deploy')
  await other.theirs()
  assert.equal(p.rows(), other.rows())
  await clean(p)
}

cases['failed with one, applied by hand, marked by the other'] = async (p, other) => {
  for (const at of [p, other]) at.write(bad, 'SELECT nonsense;\n')
  await assert.rejects(p.theirs())
  assert.equal(other.ours('deploy').status, 1)
  p.oursWell('resolve', '--applied', bad)
  await other.theirsApplied(bad)
  assert.equal(p.rows(), other.rows())
  assert.equal(p.ours('deploy').status, 0)
  assert.deepEqual((await other.theirs()).appliedMigrationNames, [])
}

await runCases('interchange', cases)
