#!/usr/bin/env node
// race.mjs - is the lock of the sync trigger needed, and is it enough?
//
//   BELLOWS_TEST_URL=postgresql://... race.mjs [--rounds N] [--sessions N]
//
// While two unique indexes serve one key (docs/hazards/key-served-twice.md), sessions upsert one new key at the same instant, round
// after round: with the trigger as a golden plan writes it, and with the same trigger without its lock. With it none may fail; without
// it some do (23505), or the lock proves nothing: more rounds are made until one has, a hundred times as many at most. Exit 0 or 1; 77
// without the client library.
import fs from 'node:fs'
import { createRequire } from 'node:module'

const options = { rounds: 2000, sessions: 12 }
const words = process.argv.slice(2)
for (let i = 0; i < words.length; i += 2) options[words[i].replace(/^--/, '')] = Number(words[i + 1])
let Client
try { ({ Client } = createRequire(new URL('../../conformance/engine/reference.mjs', import.meta.url))('pg')) } catch {
  process.stdout.write('SKIPPED: no client library; npm install in tests/conformance/engine\n')
  process.exit(77)
}
const script = fs.readFileSync(new URL('../../golden/plan/key-widens/scripts/01_expand.sql', import.meta.url), 'utf8')
const begin = script.indexOf('CREATE FUNCTION "zzzz_bellows_Author_id"'), name = 'CREATE TRIGGER "zzzz_bellows_Author_id"'
const trigger = script.slice(begin, script.indexOf(';', script.indexOf(name)) + 1)
const bare = trigger.replace(/pg_catalog\.pg_advisory_xact_lock\(.*\);\n/, 'NULL;\n')
if (begin < 0 || bare === trigger) throw new Error('the golden plan has no trigger with a lock')

async function connect() {
  const client = new Client({ connectionString: process.env.BELLOWS_TEST_URL })
  await client.connect()
  return client
}

async function prepare(client, text) {
  await client.query('DROP TABLE IF EXISTS "Author"; DROP FUNCTION IF EXISTS "zzzz_bellows_Author_id"()')
  await client.query('CREATE TABLE "Author" ("id" INTEGER PRIMARY KEY, "name" TEXT, "id__bellows" BIGINT)')
  await client.query('CREATE UNIQUE INDEX "Author_pkey_new__bellows" ON "Author" ("id__bellows")')
  await client.query(text)
}

const upsert = 'INSERT INTO "Author" ("id", "name") VALUES ($1, $2) ON CONFLICT ("id") DO UPDATE SET "name" = EXCLUDED."name"'
async function race(sessions, first, rounds, enough) {
  const failed = []
  for (let key = first; key < first + rounds && failed.length < enough; key++) {
    const answers = await Promise.allSettled(sessions.map((session, i) => session.query(upsert, [key, `by ${i}`])))
    failed.push(...answers.filter(a => a.status === 'rejected').map(a => a.reason.code ?? a.reason.message))
  }
  return failed
}

const sessions = await Promise.all(Array.from({ length: options.sessions }, connect))
await prepare(sessions[0], trigger)
const locked = await race(sessions, 1, options.rounds, Infinity)
await prepare(sessions[0], bare)
const unlocked = await race(sessions, 1, 100 * options.rounds, 1)
await sessions[0].query('DROP TABLE "Author"; DROP FUNCTION "zzzz_bellows_Author_id"()')
await Promise.all(sessions.map(session => session.end()))
process.stdout.write(`with the lock ${locked.length} of ${options.rounds * options.sessions} upserts failed; without it ${unlocked.length > 0 ? `one did: ${unlocked[0]}` : 'none did'}\n`)
process.exit(locked.length === 0 && unlocked.length > 0 && unlocked.every(code => code === '23505') ? 0 : 1)
