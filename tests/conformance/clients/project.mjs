// project.mjs - projects of Prisma 6 and 7 in folders of their own, with the clients that bellows generates for them.
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from '../cases.mjs'
import { dropStatements } from '../drop.mjs'

export const versions = [
  { version: 6, modules: 'generators-6', engine: '\n  engineType = "client"', url: '\n  url = env("DATABASE_URL")' },
  { version: 7, modules: 'generators', engine: '', url: '' },
]
// The packages of version 8 stand in a folder of their own.
export const eightOf = folder => ({ version: 8, modules: path.resolve(folder), path: path.resolve(folder, 'node_modules/node/bin') })
const modules = version => path.resolve(root, version.modules, 'node_modules')

// Ends the program, aloud, where the clients or a server are missing.
export function server() {
  const url = process.env.DATABASE_URL ?? process.env.BELLOWS_TEST_URL
  if (url && versions.every(v => fs.existsSync(path.join(modules(v), '.package-lock.json')))) return url
  process.stdout.write('SKIPPED: no clients (cd tests/conformance/generators && npm install, also in generators-6), or no DATABASE_URL\n')
  process.exit(77)
}

function run(cwd, url, command, ...args) {
  const r = spawnSync(command, args, { encoding: 'utf8', timeout: 300000, cwd, env: { ...process.env, DATABASE_URL: url, CI: '1', NO_COLOR: '1' } })
  if (r.status !== 0) throw new Error(`${path.basename(command)} ${args.join(' ')} ended with ${r.status ?? r.signal}:\n${r.stdout}${r.stderr}`)
  return r.stdout
}

export class Project {
  // `tag`: what its database is called after. The database is made, empty.
  constructor({ bellows, server, version, scratch, tag }) {
    Object.assign(this, { binary: path.resolve(bellows), server, version, tag: `bellows_${tag}_${version.version}_${process.pid}` })
    this.folder = path.join(scratch, `${version.version}`)
    this.url = this.database(this.tag)
    const migrations = path.join(this.folder, 'prisma/migrations')
    fs.mkdirSync(migrations, { recursive: true })
    if (version.path) process.env.PATH = `${version.path}:${process.env.PATH}`
    fs.symlinkSync(modules(version), path.join(this.folder, 'node_modules'))
    fs.writeFileSync(path.join(migrations, 'migration_lock.toml'), 'provider = "postgresql"\n')
  }

  // The URL of an empty database of this name.
  database(name) {
    this.made = [...(this.made ?? []), name]
    this.psql(...dropStatements(name), `CREATE DATABASE ${name}`)
    const url = new URL(this.server)
    url.pathname = `/${name}`
    return url.toString()
  }

  psql(...statements) {
    return run('.', this.server, 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', this.server, ...statements.flatMap(sql => ['-c', sql]))
  }

  // A command on the project's database, or on the one of `url`.
  bellows(...args) { return this.bellowsOn(this.url, ...args) }
  bellowsOn(url, ...args) {
    const takesUrl = this.version.version !== 6 && args[0] !== 'generate'
    return run(this.folder, url, this.binary, ...args, ...(takesUrl ? ['--url', url] : []))
  }

  // The schema, whose client is to be made in `made/NAME`.
  write(models, name) {
    fs.writeFileSync(path.join(this.folder, 'prisma/schema.prisma'), `datasource db {\n  provider = "postgresql"${this.version.url}\n}\n
generator js {\n  provider = "prisma-client-js"\n  output = "../made/${name}"${this.version.engine}\n}\n\n${models}`)
  }

  generate(models, name) { this.write(models, name); this.bellows('generate') }

  // The client of `made/NAME`, at work on the project's database or on the one of `url`.
  async connect(name, url = this.url) {
    const made = file => import(pathToFileURL(path.join(this.folder, file)))
    const client = (await made(`made/${name}/index.js`)).default, { PrismaPg } = await made('node_modules/@prisma/adapter-pg/dist/index.mjs')
    const u = new URL(url)
    return new client.PrismaClient({ adapter: new PrismaPg({ host: u.searchParams.get('host') ?? u.hostname, port: Number(u.port || 5432),
      user: decodeURIComponent(u.username), password: decodeURIComponent(u.password), database: u.pathname.slice(1) }) })
  }

  drop() { for (const name of this.made) this.psql(...dropStatements(name)) }
}
