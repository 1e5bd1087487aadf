#!/usr/bin/env node
// generators.mjs - the ecosystem's generators, run by us: three clients and two others, and programs that use the clients.
//
//   node tests/conformance/generators.mjs BELLOWS
//
// Pinned in generators/package.json and, the client of version 6, generators-6/package.json. The server is DATABASE_URL's, else
// BELLOWS_TEST_URL's; the role may create databases. The clients create, read, change and delete rows there, one of them through
// types that the compiler of TypeScript checks first.
// Exit: 0 all as expected, 1 otherwise, 64 wrong usage, 77 (aloud) the generators are not installed or there is no server.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { root } from './cases.mjs'
import { dropStatements } from './drop.mjs'

if (!process.argv[2]) { process.stderr.write('usage: generators.mjs BELLOWS\n'); process.exit(64) }
const program = path.resolve(process.argv[2])
const server = process.env.DATABASE_URL ?? process.env.BELLOWS_TEST_URL
const [modules, modulesOfSix] = ['generators', 'generators-6'].map(name => path.join(root, name, 'node_modules'))
const missing = [modules, modulesOfSix].filter(m => !fs.existsSync(path.join(m, '.package-lock.json')))
if (missing.length || !server) {
  process.stdout.write(`SKIPPED: no generators (cd tests/conformance/generators && npm install, also in generators-6), or no DATABASE_URL\n`)
  process.exit(77)
}

const database = `bellows_generators_${process.pid}`
const url = (u => { u.pathname = `/${database}`; return u.toString() })(new URL(server))
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'bellows-generators-'))
const write = (name, text) => fs.writeFileSync(path.join(folder, name), text)
const read = name => fs.readFileSync(path.join(folder, name), 'utf8')

const run = (command, ...args) => runIn(folder, command, ...args)

function runIn(cwd, command, ...args) {
  const r = spawnSync(command, args, { encoding: 'utf8', timeout: 120000, cwd, env: { ...process.env, DATABASE_URL: url, CI: '1', NO_COLOR: '1' } })
  assert.equal(r.status, 0, `${path.basename(command)} ${args[0]} ended with ${r.status ?? r.signal}: ${r.stdout}${r.stderr}`)
  return r.stdout
}

const psql = (where, sql) => run('psql', '-X', '-q', '-A', '-t', '-v', 'ON_ERROR_STOP=1', where, '-c', sql).trim()

// --- the project ------------------------------------------------------------------------------------------

const models = `
/// Somebody who writes.
model User {
  id    Int      @id @default(autoincrement())
  email String   @unique
  role  Role     @default(READER)
  tags  String[]
  extra Json?
  posts Post[]

  @@map("users")
}

model Post {
  id       String  @id @default(uuid())
  title    String
  likes    Int     @default(0)
  author   User    @relation(fields: [authorId], references: [id], onDelete: Cascade)
  authorId Int
  topics   Topic[]

  @@unique([authorId, title], name: "byTitle")
}

model Topic {
  id    Int    @id @default(autoincrement())
  name  String @unique
  posts Post[]
}

enum Role {
  READER
  WRITER @map("writer")
}
`

write('schema.prisma', `datasource db {
  provider = "postgresql"
}

generator js {
  provider = "prisma-client-js"
  output   = "./made/js"
}

generator ts {
  provider     = "prisma-client"
  output       = "./made/ts"
  moduleFormat = "esm"

  importFileExtension = "js"
}

generator diagram {
  provider = "prisma-dbml-generator"
  output   = "./made/dbml"
}

generator kysely {
  provider = "prisma-kysely"
  output   = "./made/kysely"
}
${models}`)

// Version 6 wants the url in the schema, and to be told that there is no engine but the client's own.
const projectOfSix = path.join(folder, 'six')
fs.mkdirSync(projectOfSix)
write('six/schema.prisma', `datasource db {
  provider = "postgresql"
  url      = env("DATABASE_URL")
}

generator js {
  provider   = "prisma-client-js"
  engineType = "client"
  output     = "./made/js"
}
${models}`)

// The same program for all clients; what it demands is checked by assert, and in TypeScript by the types too.
const use = `
const u = new URL(process.env.DATABASE_URL!)
const adapter = new PrismaPg({
  host: u.searchParams.get('host') ?? u.hostname, port: Number(u.port || 5432), user: decodeURIComponent(u.username),
  password: decodeURIComponent(u.password), database: u.pathname.slice(1),
})
const prisma = new PrismaClient({ adapter })
const made = await prisma.user.create({
  data: {
    email: 'a@example.org', role: 'WRITER', tags: ['x'], extra: { deep: [1] },
    posts: { create: [{ title: 'one', topics: { connectOrCreate: [{ where: { name: 't' }, create: { name: 't' } }] } }, { title: 'two' }] },
  },
  include: { posts: { orderBy: { title: 'asc' }, include: { topics: true } } },
})
assert.deepEqual(made.posts.map(p => [p.title, p.topics.length]), [['one', 1], ['two', 0]])
await prisma.post.update({ where: { byTitle: { authorId: made.id, title: 'one' } }, data: { likes: { increment: 3 }, topics: { disconnect: [{ name: 't' }] } } })
const liked = await prisma.post.findMany({ where: { likes: { gt: 1 }, author: { is: { role: 'WRITER', tags: { has: 'x' } } }, topics: { none: {} } }, select: { title: true } })
assert.deepEqual(liked, [{ title: 'one' }])
const sums = await prisma.post.groupBy({ by: ['authorId'], _sum: { likes: true }, having: { likes: { _sum: { gt: 0 } } } })
assert.equal(sums[0]?._sum.likes, 3)
const { count } = await prisma.user.createMany({ data: [{ email: 'b@example.org' }, { email: 'c@example.org' }], skipDuplicates: true })
assert.equal(count, 2)
assert.equal((await prisma.user.upsert({ where: { email: 'b@example.org' }, create: { email: 'b@example.org' }, update: { tags: { push: 'y' } } })).tags[0], 'y')
await prisma.user.deleteMany({ where: { email: { in: ['b@example.org', 'c@example.org'] } } })
assert.equal(await prisma.user.count({ where: { extra: { path: ['deep'], array_contains: 1 } } }), 1)
await prisma.$disconnect()
`

const plain = use.replace('DATABASE_URL!', 'DATABASE_URL')

// --- the cases --------------------------------------------------------------------------------------------

const cases = {
  'the generators run'() {
    const said = run(program, 'generate', '--schema', 'schema.prisma')
    assert.match(said, /Generated Prisma Client \(v7\.10\.0\) to \.\/made\/js/)
    assert.match(said, /Generated Prisma Client \(v7\.10\.0\) to \.\/made\/ts/)
    assert.match(said, /Generated DBML/)
  },
  'the other generators see models, relations and names of the database'() {
    assert.match(read('made/dbml/schema.dbml'), /Table users \{[^]*email String \[unique, not null\]/)
    assert.match(read('made/dbml/schema.dbml'), /Ref: Post\.authorId > users\.id \[delete: Cascade\]/)
    assert.match(read('made/kysely/types.ts'), /export type Post = \{[^]*likes: Generated<number>/)
    assert.match(read('made/kysely/types.ts'), /users: User/)
    assert.match(read('made/kysely/types.ts'), /WRITER: "writer"/)
  },
  'a program reads and writes rows with the client for JavaScript'() {
    run(program, 'db', 'push', '--schema', 'schema.prisma', '--url', url)
    write('use.mjs', `import assert from 'node:assert/strict'\nimport { PrismaPg } from '@prisma/adapter-pg'\nimport client from './made/js/index.js'\nconst { PrismaClient } = client\n${plain}`)
    run('node', 'use.mjs')
    assert.equal(psql(url, 'SELECT email, role, tags FROM users'), 'a@example.org|writer|{x}')
    assert.equal(psql(url, 'SELECT title, likes FROM "Post" ORDER BY 1'), 'one|3\ntwo|0')
    psql(url, 'TRUNCATE users CASCADE')
  },
  'a program written in types does the same with the client for TypeScript'() {
    write('package.json', '{ "type": "module" }')
    write('use.ts', `import assert from 'node:assert/strict'\nimport { PrismaPg } from '@prisma/adapter-pg'\nimport { PrismaClient } from './made/ts/client.js'\n${use}
export const wrong = () => [
  // @ts-expect-error: there is no such role
  prisma.user.create({ data: { email: 'x', role: 'OWNER' } }),
  // @ts-expect-error: email is required
  prisma.user.create({ data: {} }),
  // @ts-expect-error: no filter of numbers has it
  prisma.post.findMany({ where: { likes: { contains: 'x' } } }),
]\n`)
    const options = ['--target', 'es2023', '--module', 'nodenext', '--strict', '--skipLibCheck', '--outDir', 'built', '--types', 'node', '--typeRoots', path.join(modules, '@types')]
    run('node', path.join(modules, 'typescript/bin/tsc'), ...options, 'use.ts')
    run('node', 'built/use.js')
    assert.equal(psql(url, 'SELECT count(*) FROM "Post"'), '2')
  },
  'a program reads and writes rows with the client of version 6'() {
    psql(url, 'TRUNCATE users CASCADE')
    assert.match(runIn(projectOfSix, program, 'generate', '--schema', 'schema.prisma'), /Generated Prisma Client \(v6\.19\.0\) to \.\/made\/js/)
    runIn(projectOfSix, program, 'db', 'push', '--schema', 'schema.prisma')
    write('six/use.mjs', `import assert from 'node:assert/strict'\nimport { PrismaPg } from '@prisma/adapter-pg'\nimport client from './made/js/index.js'\nconst { PrismaClient } = client\n${plain}`)
    runIn(projectOfSix, 'node', 'use.mjs')
    assert.equal(psql(url, 'SELECT email, role, tags FROM users'), 'a@example.org|writer|{x}')
    assert.equal(psql(url, 'SELECT title, likes FROM "Post" ORDER BY 1'), 'one|3\ntwo|0')
  },
  'generating again changes nothing'() {
    const files = () => fs.readdirSync(path.join(folder, 'made'), { recursive: true }).filter(f => /\.(ts|js|dbml)$/.test(f)).sort().map(f => [f, read(path.join('made', f))])
    const before = files()
    run(program, 'generate', '--schema', 'schema.prisma')
    assert.deepEqual(files(), before)
  },
}

let failed = 0
fs.symlinkSync(modules, path.join(folder, 'node_modules'))
fs.symlinkSync(modulesOfSix, path.join(projectOfSix, 'node_modules'))
const drop = () => { for (const statement of dropStatements(database)) psql(server, statement) }
drop()
psql(server, `CREATE DATABASE ${database}`)
for (const [name, check] of Object.entries(cases)) {
  try { check(); process.stdout.write(`ok ${name}\n`) } catch (e) { failed++; process.stdout.write(`FAILED ${name}\n${e.message.replace(/^/gm, '    ')}\n`) }
}
drop()
fs.rmSync(folder, { recursive: true })
process.stdout.write(`${Object.keys(cases).length - failed} passed, ${failed} failed\n`)
process.exit(failed ? 1 : 0)
