// server.mjs - scratch databases on one server, emptied and filled again and again.
import { createRequire } from 'node:module'
import { dropStatements } from '../drop.mjs'

const require = createRequire(new URL('../engine/reference.mjs', import.meta.url))

const empty = `DO $$ DECLARE n text; BEGIN
  FOR n IN SELECT extname FROM pg_extension WHERE extname <> 'plpgsql' LOOP EXECUTE format('DROP EXTENSION %I CASCADE', n); END LOOP;
  FOR n IN SELECT nspname FROM pg_namespace WHERE nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema' LOOP EXECUTE format('DROP SCHEMA %I CASCADE', n); END LOOP;
END $$; CREATE SCHEMA public`

export class Server {
  constructor(url, prefix) { this.url = url; this.prefix = prefix; this.open = new Map() }

  async start(...names) {
    const { Client } = require('pg')
    this.admin = new Client({ connectionString: this.url })
    await this.admin.connect()
    for (const name of names) {
      const database = `${this.prefix}_${name}`
      await this.drop(database)
      await this.admin.query(`CREATE DATABASE ${database}`)
      const url = Object.assign(new URL(this.url), { pathname: `/${database}` }).toString()
      const client = new Client({ connectionString: url, statement_timeout: 30000 })
      client.on('error', () => {})
      await client.connect()
      await client.query('SET client_min_messages = error')
      this.open.set(name, { url, client, name })
    }
  }

  async drop(database) { for (const statement of dropStatements(database)) await this.admin.query(statement) }

  database(name) { return this.open.get(name) }

  async stop() {
    for (const { client, name } of this.open.values()) {
      await client.end()
      await this.drop(`${this.prefix}_${name}`)
    }
    await this.admin.end()
  }
}

// Every case leaves dead rows in the catalogs, and every question reads all of them.
const catalogs = ['attribute', 'attrdef', 'class', 'constraint', 'depend', 'enum', 'index', 'sequence', 'shdepend', 'trigger', 'type'].map(name => `pg_catalog.pg_${name}`)
const CLEARS_A_VACUUM = 40

export async function clear(db) {
  await db.client.query(empty)
  db.clears = (db.clears ?? 0) + 1
  if (db.clears % CLEARS_A_VACUUM === 0) await db.client.query(`VACUUM ${catalogs.join(', ')}`)
}

// One message, one transaction, as a migration is applied. Undefined, or what the server said.
export async function apply(db, script) {
  try { await db.client.query(script) } catch (e) {
    await db.client.query('ROLLBACK')
    return `${e.message}${e.detail ? ` (${e.detail})` : ''}`
  }
}

// Each default once more, for a column that is added: then the server computes it, also where there are no rows.
const defaults = `BEGIN; DO $$ DECLARE d text; BEGIN
  FOR d IN SELECT format('ALTER TABLE %s ADD COLUMN %I %s DEFAULT %s', attrelid::regclass, 'default of ' || attnum, format_type(atttypid, atttypmod), pg_get_expr(adbin, adrelid))
    FROM pg_attrdef JOIN pg_attribute ON attrelid = adrelid AND attnum = adnum WHERE attgenerated = '' LOOP EXECUTE d; END LOOP;
END $$; ROLLBACK`

// What the server says to a schema made out of nothing, or to a row of it that leaves all to the defaults. Undefined where it says nothing.
export const build = async (db, script) => await apply(db, script) ?? apply(db, defaults)
