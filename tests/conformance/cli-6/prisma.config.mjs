// prisma.config.mjs - lets the reference's command line work by its WebAssembly engine, which needs no download.
import { createRequire } from 'node:module'

const require = createRequire(new URL('../engine/reference.mjs', process.env.BELLOWS_ENGINE))
const { Client } = require('pg')
const { PrismaPg } = require('@prisma/adapter-pg')

// The engine asks for types the adapter does not know, and drops its shadow databases while it is connected to them.
const Result = require('pg/lib/result')
const addFields = Result.prototype.addFields
Result.prototype.addFields = function (fields) {
  for (const f of fields) if (f.dataTypeID === 18 || f.dataTypeID === 19) f.dataTypeID = 25
  return addFields.call(this, fields)
}
const query = Client.prototype.query
Client.prototype.query = function (q, ...rest) {
  const [, name] = /^DROP DATABASE "(prisma_migrate_shadow_db_[^"]*)"$/.exec(q?.text ?? q) ?? []
  if (!name) return query.call(this, q, ...rest)
  const end = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`
  return query.call(this, end).then(() => query.call(this, q, ...rest))
}
const TERMINATED = '57P01'
process.on('uncaughtException', e => { if (e.code !== TERMINATED) { console.error(e); process.exit(1) } })

export default {
  experimental: { adapter: true },
  engine: 'js',
  schema: 'prisma/schema.prisma',
  adapter: async () => {
    const u = new URL(process.env.DATABASE_URL)
    return new PrismaPg({
      host: u.searchParams.get('host') ?? u.hostname, port: Number(u.port || 5432), user: decodeURIComponent(u.username),
      database: u.pathname.slice(1), idleTimeoutMillis: 100,
    }, { onPoolError: () => {}, onConnectionError: () => {} })
  },
}
