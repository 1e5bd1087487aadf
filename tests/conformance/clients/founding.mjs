#!/usr/bin/env node
// founding.mjs - the document this project began with, as projects of Prisma 6, 7 and 8 live it: each of its changes of the schema made,
// the client generated, and a program of it that reads and writes; then all of it deployed under the first program.
//
//   node tests/conformance/clients/founding.mjs BELLOWS [--eight FOLDER]
//
// Version 8 with `--eight`: FOLDER is where samples/prisma-8 is installed, and its node the one to run this with.
// The document's commands, one by one: tests/live/cli_founding.sh.
// The server is DATABASE_URL's, else BELLOWS_TEST_URL's; the role may create databases.
// Exit: 0 all as expected, 1 otherwise, 64 wrong usage, 77 (aloud) the clients are not installed or there is no server.
import assert from 'node:assert/strict'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { ProjectOfEight } from './eight.mjs'
import { Project, eightOf, server as wanted, versions } from './project.mjs'

const { values, positionals: [bellows] } = parseArgs({ allowPositionals: true, options: { eight: { type: 'string' } } })
if (!bellows) { process.stderr.write('usage: founding.mjs BELLOWS [--eight FOLDER]\n'); process.exit(64) }
const server = wanted(), played = values.eight ? [...versions, eightOf(values.eight)] : versions
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'bellows-founding-'))

const schema = ({ user = '  name  String', medication = '', more = '' } = {}) => `model User {
  id    String @id @default(uuid())
  email String @unique
${user}
}

model Medication {
  id              String  @id @default(uuid())
  careRecipientId String
  isActive        Boolean @default(true)
${medication}
}
${more}`
const audit = `
model AuditLog {
  id           String   @id @default(uuid())
  action       String
  userId       String
  resourceType String
  resourceId   String
  createdAt    DateTime @default(now())

  user User @relation(fields: [userId], references: [id])
}`
const logged = '\n  auditLogs AuditLog[]'
const refill = '  refillAt Int'
const name = '  name  String', full = '  fullName String'

// The program's words for one person, made, changed, found and removed again; it says what the change gave it.
async function person(client, field, data = {}) {
  const made = await client.user.create({ data: { email: 'x@example.org', [field]: 'X', ...data } })
  assert.equal((await client.user.update({ where: { id: made.id }, data: { [field]: 'Y' } }))[field], 'Y')
  const [found] = await client.user.findMany({ where: { [field]: 'Y' } })
  await client.user.delete({ where: { id: made.id } })
  return found
}
const pill = (client, data = {}) => client.medication.create({ data: { careRecipientId: 'c1', ...data } })

// The document's changes in its order: what is written, the options of `migrate dev`, what the new program then does.
const changes = [
  { name: 'initial', models: schema(), use: async client => {
    await client.user.create({ data: { id: 'u1', email: 'ana@example.org', name: 'Ana' } })
    await pill(client, { id: 'm1' })
    await person(client, 'name')
  } },
  { name: 'add_user_preferences_and_audit_log', models: schema({ user: `${name}\n  preferences Json?${logged}`, more: audit }), use: async client => {
    assert.deepEqual((await person(client, 'name', { preferences: { theme: 'dark' } })).preferences, { theme: 'dark' })
    await client.auditLog.create({ data: { action: 'read', resourceType: 'User', resourceId: 'u1', user: { connect: { id: 'u1' } } } })
    assert.equal((await client.user.findUnique({ where: { id: 'u1' }, include: { auditLogs: true } })).auditLogs[0].action, 'read')
  } },
  { name: 'add_medication_refill_alert', models: schema({ user: `${name}\n  preferences Json?${logged}`, medication: `  /// @backfill(10)\n${refill}`, more: audit }), use: async client => {
    assert.equal((await client.medication.findUnique({ where: { id: 'm1' } })).refillAt, 10)
    assert.equal((await pill(client, { refillAt: 3 })).refillAt, 3)
  } },
  { name: 'map_full_name', nothing: true, models: schema({ user: `${full} @map("name")\n  preferences Json?${logged}`, medication: refill, more: audit }),
    use: async client => { assert.equal((await person(client, 'fullName')).fullName, 'Y') } },
  { name: 'rename_user_name', models: schema({ user: `  /// @renamedFrom(name)\n${full}\n  preferences Json?${logged}`, medication: refill, more: audit }),
    use: async client => { assert.equal((await client.user.findUnique({ where: { email: 'ana@example.org' } })).fullName, 'Ana'); await person(client, 'fullName') } },
  { name: 'drop_preferences', options: ['--accept-data-loss'], models: schema({ user: `${full}${logged}`, medication: refill, more: audit }), use: async client => {
    assert.equal('preferences' in await person(client, 'fullName'), false)
  } },
  { name: 'index_active_medications', models: schema({ user: `${full}${logged}`, medication: `${refill}\n\n  @@index([careRecipientId, isActive])`, more: audit }), use: async client => {
    assert.equal(await client.medication.count({ where: { careRecipientId: 'c1', isActive: true, refillAt: { gt: 5 } } }), 1)
  } },
]

// On the database of development: each change, and the program that was waiting for it.
async function develop(project) {
  for (const change of changes) {
    project.generate(change.models, change.name)
    const said = project.bellows('migrate', 'dev', '--name', change.name, ...(change.options ?? []))
    assert.equal(/Already in sync/.test(said), change.nothing === true, said)
    const client = await project.connect(change.name)
    await change.use(client)
    await client.$disconnect()
  }
}

// In production: the first program and the last over one database, up to the gates, and the last behind each of them.
async function deploy(project) {
  const production = project.database(`${project.tag}_production`), last = changes.at(-1).name
  const folder = path.join(project.folder, 'prisma/migrations'), aside = path.join(project.folder, 'aside')
  fs.mkdirSync(aside)
  for (const script of fs.readdirSync(folder)) if (/^\d/.test(script) && !script.endsWith('_initial')) fs.renameSync(path.join(folder, script), path.join(aside, script))
  project.bellowsOn(production, 'migrate', 'deploy')
  const old = await project.connect('initial', production)
  await changes[0].use(old)
  for (const script of fs.readdirSync(aside)) fs.renameSync(path.join(aside, script), path.join(folder, script))
  const said = project.bellowsOn(production, 'migrate', 'deploy')
  assert.match(said, /The new program may start now, beside the old one\./)
  const fresh = await project.connect(last, production)
  await person(old, 'name')
  await pill(old, { id: 'm2' })
  assert.equal((await fresh.medication.findUnique({ where: { id: 'm2' } })).refillAt, 10)
  await person(fresh, 'fullName')
  assert.equal((await fresh.user.update({ where: { id: 'u1' }, data: { fullName: 'Ana B.' } })).fullName, 'Ana B.')
  assert.equal((await old.user.findUnique({ where: { id: 'u1' } })).name, 'Ana B.')
  await old.$disconnect()
  const plans = [...said.matchAll(/deploy --contract (\S+)/g)].map(match => match[1])
  assert.ok(plans.length > 1, said)
  for (const plan of plans) {
    project.bellowsOn(production, 'migrate', 'deploy', '--contract', plan)
    await person(fresh, 'fullName')
  }
  assert.equal(await fresh.medication.count({ where: { refillAt: 10 } }), 2)
  await fresh.$disconnect()
  project.bellowsOn(production, 'check')
}

let failed = 0
for (const version of played) {
  const project = new (version.version === 8 ? ProjectOfEight : Project)({ bellows, server, version, scratch, tag: 'founding' })
  for (const [what, play] of Object.entries({ develop, deploy })) {
    const name = `${what} with the client of version ${version.version}`
    try { await play(project); process.stdout.write(`ok ${name}\n`) } catch (e) { failed++; process.stdout.write(`FAILED ${name}\n${e.stack.replace(/^/gm, '    ')}\n`) }
  }
  project.drop()
}
fs.rmSync(scratch, { recursive: true })
process.stdout.write(`${2 * played.length - failed} passed, ${failed} failed\n`)
process.exit(failed ? 1 : 0)
