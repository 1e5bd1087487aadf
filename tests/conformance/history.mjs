#!/usr/bin/env node
// history.mjs - both tools on one migrations folder and one database, in turn: the history must read the same to either.
//
//   node tests/conformance/history.mjs BELLOWS
//
// BELLOWS: the program. The server is DATABASE_URL's (else BELLOWS_TEST_URL's); the role may create databases. Each case
// has a database of its own. Exit: 0 all as expected, 1 otherwise, 77 the engine is not installed or there is no server.
import assert from 'node:assert/strict'
import { clean, fill, psql, runCases, tables } from './project.mjs'

const cases = {}

cases['a folder applied by us is clean to the reference'] = async p => {
  fill(p)
  p.oursWell('deploy')
  await clean(p)
  assert.deepEqual((await p.theirs()).appliedMigrationNames, [])
  assert.equal(p.rows().split('\n').length, 3)
}

cases['a folder applied by the reference is clean to us'] = async p => {
  fill(p)
  await p.theirs()
  p.oursWell('status')
  const before = p.rows()
  p.oursWell('deploy')
  assert.equal(p.rows(), before)
}

cases['the same rows and the same table'] = async (p, other) => {
  fill(p)
  fill(other)
  p.oursWell('deploy')
  await other.theirs()
  assert.equal(p.rows(), other.rows())
  assert.equal(p.columns(), other.columns())
}

cases['begun by us, continued by the reference'] = async p => {
  fill(p, ['20240101000000_a'])
  p.oursWell('deploy')
  fill(p)
  assert.deepEqual((await p.theirs()).appliedMigrationNames, Object.keys(tables).slice(1))
  await clean(p)
  p.oursWell('status')
}

cases['begun by the reference, continued by us'] = async p => {
  fill(p, ['20240101000000_a'])
  await p.theirs()
  fill(p)
  p.oursWell('deploy')
  await clean(p)
  assert.equal(p.rows().split('\n').length, 3)
}

cases['a failure of ours stops the reference, and is resolved by it'] = async p => {
  fill(p, ['20240101000000_a'])
  p.write('20240102000000_bad', 'CREATE TABLE "c" (i int);\nSELECT nonsense;\n')
  assert.equal(p.ours('deploy').status, 1)
  assert.deepEqual((await p.diagnosis()).failedMigrationNames, ['20240102000000_bad'])
  await assert.rejects(p.theirs(), /failed/i)
  await p.theirsRolledBack('20240102000000_bad')
  p.write('20240102000000_bad', 'CREATE TABLE "c" (i int);\n')
  p.oursWell('deploy')
  await clean(p)
}

cases['a failure of the reference stops us, and is resolved by us'] = async p => {
  fill(p, ['20240101000000_a'])
  p.write('20240102000000_bad', 'SELECT nonsense;\n')
  await assert.rejects(p.theirs())
  const refused = p.ours('deploy')
  assert.equal(refused.status, 1)
  assert.match(refused.stderr, /P3009/)
  p.oursWell('resolve', '--rolled-back', '20240102000000_bad')
  p.write('20240102000000_bad', 'SELECT 1;\n')
  await p.theirs()
  await clean(p)
  p.oursWell('status')
}

cases['failed and resolved rows are the same'] = async (p, other) => {
  for (const at of [p, other]) at.write('20240101000000_bad', 'SELECT nonsense;\n')
  assert.equal(p.ours('deploy').status, 1)
  await assert.rejects(other.theirs())
  assert.equal(p.rows(), other.rows())
  p.oursWell('resolve', '--rolled-back', '20240101000000_bad')
  await other.theirsRolledBack('20240101000000_bad')
  assert.equal(p.rows(), other.rows())
  p.oursWell('resolve', '--applied', '20240101000000_bad')
  await other.theirsApplied('20240101000000_bad')
  assert.equal(p.rows(), other.rows())
}

cases['a baseline is the same'] = async (p, other) => {
  for (const at of [p, other]) { fill(at, ['20240101000000_a']); psql(at.url, 'CREATE TABLE "a" (i int)') }
  const refused = p.ours('deploy')
  assert.equal(refused.status, 1)
  assert.match(refused.stderr, /P3005/)
  await assert.rejects(other.theirs(), /empty|P3005/i)
  p.oursWell('resolve', '--applied', '20240101000000_a')
  await other.theirsApplied('20240101000000_a')
  assert.equal(p.rows(), other.rows())
  await clean(p)
}

cases['an edited file is seen by both'] = async p => {
  fill(p)
  p.oursWell('deploy')
  p.write('20240101000000_a', 'CREATE TABLE "a" (i bigint);\n')
  assert.deepEqual((await p.diagnosis()).editedMigrationNames, ['20240101000000_a'])
  p.oursWell('deploy')
}

cases['line ends are no edit to either'] = async p => {
  fill(p)
  await p.theirs()
  p.write('20240102000000_b', tables['20240102000000_b'].replaceAll('\r\n', '\n'))
  await clean(p)
  p.oursWell('status')
}

cases['phased scripts leave nothing the reference would take for drift'] = async p => {
  p.write('20240101000000_a', 'CREATE TABLE "t" (id int PRIMARY KEY, v int);\nINSERT INTO "t" SELECT generate_series(1, 3000);\n')
  p.write('20240102000000_x_1_backfill', '-- bellows: plan=1 phase=backfill script=1/2\n-- bellows: backfill table="t" key="id" batch=500\nUPDATE "t" SET v = 1 WHERE v IS NULL;\n')
  p.write('20240102000001_x_2_tighten', '-- bellows: plan=1 phase=tighten script=2/2\nCREATE INDEX CONCURRENTLY "t_v_idx" ON "t" ("v");\n')
  p.oursWell('deploy')
  await clean(p)
  p.oursWell('status')
}

await runCases('history', cases)
