// beside.mjs - what hangs on tables and stands beside them: types, sequences, views, code, rights, settings, as people write them.
import { COLUMNS, ROLES, TYPES } from './belief.mjs'

function createType(b) {
  const type = { schema: b.schema(), name: b.fresh('ty') }
  return b.random.weighted([
    [3, () => { type.kind = 'enum'; b.types.push(type); return `CREATE TYPE ${b.say(type)} AS ENUM (${b.random.some(["'a'", "'b'", "'c'", "'D'", "''", "'a'"], b.random.between(0, 4)).join(', ')})` }],
    [3, () => { type.kind = 'domain'; const over = b.type(); b.types.push(type); return `CREATE DOMAIN ${b.say(type)} AS ${over}${b.maybe(0.2, ` DEFAULT ${b.value(over)}`)}${b.maybe(0.2, ' NOT NULL')}${b.maybe(0.4, ` ${b.maybe(0.5, `CONSTRAINT ${b.fresh('dc')} `)}CHECK (VALUE IS NOT NULL)`)}` }],
    [2, () => { type.kind = 'composite'; b.types.push(type); return `CREATE TYPE ${b.say(type)} AS (${b.random.some(COLUMNS, b.random.between(0, 3)).map(c => `${c} ${b.type()}`).join(', ')})` }],
    [1, () => { type.kind = 'range'; b.types.push(type); return `CREATE TYPE ${b.say(type)} AS RANGE (subtype = ${b.random.pick(['int', 'float8', 'text', 'date', 'json'])})` }]])()
}

function alterType(b) {
  const type = b.one(b.types), to = b.fresh('ty')
  const renamed = () => { const text = `ALTER TYPE ${b.say(type)} RENAME TO ${to}`; type.name = to; return text }
  const moved = () => { const s = b.schema(), text = `ALTER ${type.kind === 'domain' ? 'DOMAIN' : 'TYPE'} ${b.say(type)} SET SCHEMA ${s}`; type.schema = s; return text }
  const of = {
    enum: [[3, () => `ALTER TYPE ${b.say(type)} ADD VALUE ${b.ifNotExists()}'${b.random.pick(['a', 'e', 'f', 'g'])}'${b.random.pick(['', " BEFORE 'a'", " AFTER 'b'"])}`], [1, () => `ALTER TYPE ${b.say(type)} RENAME VALUE '${b.random.pick(['a', 'b'])}' TO '${b.random.pick(['z', 'b'])}'`]],
    domain: [[1, () => `ALTER DOMAIN ${b.say(type)} ${b.random.pick(['SET NOT NULL', 'DROP NOT NULL', 'SET DEFAULT NULL', 'DROP DEFAULT', `ADD CONSTRAINT ${b.fresh('dc')} CHECK (VALUE IS NOT NULL)`, 'ADD CHECK (length(VALUE::text) < 9) NOT VALID', 'DROP CONSTRAINT IF EXISTS dc1', 'DROP CONSTRAINT dc2', 'VALIDATE CONSTRAINT dc3', 'RENAME CONSTRAINT dc1 TO dc9'])}`]],
    composite: [[2, () => `ALTER TYPE ${b.say(type)} ${b.random.pick([`ADD ATTRIBUTE ${b.name(COLUMNS)} ${b.type()}`, `DROP ATTRIBUTE ${b.ifExists()}${b.name(COLUMNS)}${b.behaviour()}`, `ALTER ATTRIBUTE ${b.name(COLUMNS)} TYPE ${b.type()}${b.behaviour()}`, `RENAME ATTRIBUTE ${b.name(COLUMNS)} TO ${b.name(COLUMNS)}${b.behaviour()}`])}`]],
  }[type.kind] ?? []
  return b.random.weighted([[1, renamed], [0.6, moved], ...of])()
}

function sequence(b) {
  const table = b.plain(), o = b.one(b.sequences), made = { schema: b.schema(), name: b.fresh('sq') }
  return b.random.weighted([
    [2, () => { b.sequences.push(made); return `CREATE SEQUENCE ${b.ifNotExists()}${b.say(made)}${b.maybe(0.2, ' AS int')}${b.maybe(0.3, ' INCREMENT BY 2')}${b.maybe(0.2, ' MINVALUE 3')}${b.maybe(0.2, ' START 7')}${b.maybe(0.1, ' CYCLE')}${b.maybe(0.2, ` OWNED BY ${b.say(table)}.${b.column(table).name}`)}` }],
    [1, () => `ALTER SEQUENCE ${b.ifExists()}${b.say(o)} OWNED BY ${b.random.chance(0.2) ? 'NONE' : `${b.say(table)}.${b.column(table).name}`}`],
    [1, () => `ALTER SEQUENCE ${b.say(o)} ${b.random.pick(['INCREMENT 5', 'NO MAXVALUE', 'MAXVALUE 4', 'RESTART', 'AS smallint', 'AS bigint', 'CACHE 3', 'START WITH 0', 'NO CYCLE'])}`],
    [1, () => `ALTER TABLE ${b.say(table)} ALTER ${b.column(table).name} SET DEFAULT nextval('${b.say(o)}'${b.maybe(0.5, '::regclass')})`],
    [0.7, () => { const s = b.schema(), text = `ALTER SEQUENCE ${b.say(o)} SET SCHEMA ${s}`; o.schema = s; return text }],
    [0.5, () => `SELECT setval('${b.say(o)}', 5)`]])()
}

function selected(b, table) {
  const columns = b.random.some(table.columns, b.random.between(1, 4)), c = columns[0]?.name ?? 'a'
  const list = columns.length > 0 ? columns.map(k => k.name) : ['a']
  const other = b.table(), twin = other.columns.find(k => k.type === columns[0]?.type)?.name ?? b.column(other).name
  return b.random.weighted([
    [4, () => ({ columns, text: `SELECT ${list.join(', ')} FROM ${b.say(table)}` })],
    [1, () => ({ columns: table.columns, text: `SELECT * FROM ${b.say(table)}` })],
    [1, () => ({ columns, text: `SELECT x.${list.join(', x.')} FROM ${b.say(table)} x WHERE x.${c} IS NOT NULL` })],
    [1, () => ({ columns: [{ name: 'n', type: 'bigint' }], text: `SELECT count(*) AS n FROM ${b.say(table)}` })],
    [1, () => ({ columns: [{ name: 'k', type: columns[0]?.type ?? 'int' }], text: `SELECT ${c} AS k, count(*) FROM ${b.say(table)} GROUP BY ${c}` })],
    [1, () => ({ columns, text: `SELECT x.${list.join(', x.')} FROM ${b.say(table)} x JOIN ${b.say(other)} y ON x.${c} = y.${twin}` })],
    [0.7, () => ({ columns: [{ name: 'q', type: 'text' }], text: `SELECT ${c}::text AS q FROM ${b.say(table)} UNION ALL SELECT 'x'` })],
    [0.5, () => ({ columns: [{ name: 'x', type: 'int' }], text: 'SELECT 1 AS x' })],
    [0.4, () => ({ columns, text: `WITH q AS (SELECT * FROM ${b.say(table)}) SELECT ${list.join(', ')} FROM q` })]])()
}

function view(b) {
  const of = b.random.chance(0.3) ? b.one(b.views) : b.table(), query = selected(b, { columns: [], ...of })
  const old = b.one(b.views), made = { schema: b.schema(), name: b.fresh('vw'), columns: query.columns }
  return b.random.weighted([
    [4, () => { b.views.push(made); return `CREATE ${b.maybe(0.2, 'OR REPLACE ')}VIEW ${b.say(made)}${b.maybe(0.1, ' WITH (security_barrier)')} AS ${query.text}${b.maybe(0.1, ' WITH CHECK OPTION')}` }],
    [2, () => `CREATE OR REPLACE VIEW ${b.say(old)} AS ${selected(b, { columns: [], ...of }).text}`],
    [1, () => { made.materialized = true; b.views.push(made); return `CREATE MATERIALIZED VIEW ${b.ifNotExists()}${b.say(made)} AS ${query.text}${b.maybe(0.3, ' WITH NO DATA')}` }],
    [0.3, () => `REFRESH MATERIALIZED VIEW ${b.say(old)}`], [0.4, () => `ALTER VIEW ${b.ifExists()}${b.say(old)} ${b.random.pick(['SET (security_barrier = true)', 'RESET (security_barrier)', 'OWNER TO hand_a', 'ALTER a SET DEFAULT 1', 'SET SCHEMA s'])}`],
    [0.4, () => { const t = { schema: b.schema(), name: b.fresh('ct'), columns: query.columns, keys: [] }; b.tables.push(t); return `CREATE TABLE ${b.say(t)} AS ${query.text}${b.maybe(0.3, ' WITH NO DATA')}` }],
    [0.5, () => { const i = { schema: old.schema, name: b.fresh('ix') }; b.indexes.push(i); return `CREATE ${b.maybe(0.5, 'UNIQUE ')}INDEX ${i.name} ON ${b.say(old)} (${old.columns?.[0]?.name ?? 'a'})` }]])()
}

function code(b) {
  const table = b.table(), f = { schema: b.schema(), name: b.random.pick(['f', 'g', 'h']), arguments: b.random.pick([[], ['int'], ['text'], ['int', 'text']]), kind: 'FUNCTION' }
  const o = b.one(b.functions), tr = { name: b.fresh('tr'), table }, po = { name: b.fresh('po'), table }, ru = { name: b.fresh('ru'), table }
  return b.random.weighted([
    [3, () => { b.functions.push(f); return `CREATE ${b.maybe(0.5, 'OR REPLACE ')}FUNCTION ${b.say(f)}(${f.arguments.map((a, i) => `${b.random.pick(['', '', `x${i} `])}${a}${b.maybe(0.1, ' DEFAULT NULL')}`).join(', ')}) RETURNS ${b.random.pick(["int LANGUAGE sql AS 'SELECT 1'", "text LANGUAGE sql AS 'SELECT NULL'", "void LANGUAGE plpgsql AS 'BEGIN RETURN; END'", "SETOF int LANGUAGE plpgsql AS 'BEGIN RETURN; END'", "int LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'", "text LANGUAGE plpgsql IMMUTABLE STRICT AS 'BEGIN RETURN NULL; END'"])}` }],
    [0.4, () => { f.kind = 'PROCEDURE'; b.functions.push(f); return `CREATE PROCEDURE ${b.say(f)}(${f.arguments.join(', ')}) LANGUAGE plpgsql AS 'BEGIN END'` }],
    [1, () => { b.functions.push({ schema: 'public', name: 'tf', arguments: [], kind: 'FUNCTION' }); return `CREATE OR REPLACE FUNCTION tf() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'` }],
    [2, () => { b.triggers.push(tr); return `CREATE ${b.maybe(0.2, 'OR REPLACE ')}TRIGGER ${tr.name} ${b.random.pick(['BEFORE INSERT', 'AFTER UPDATE', 'AFTER INSERT OR DELETE', `BEFORE UPDATE OF ${b.column(table).name}`, 'INSTEAD OF INSERT', 'AFTER TRUNCATE'])} ON ${b.say(b.random.chance(0.9) ? table : b.one(b.views))} FOR EACH ${b.random.pick(['ROW', 'ROW', 'STATEMENT'])}${b.maybe(0.2, ` WHEN (${b.random.pick(['NEW', 'OLD'])}.${b.column(table).name} IS NOT NULL)`)} EXECUTE FUNCTION ${b.random.chance(0.9) ? 'tf' : o.name}()` }],
    [1, () => { b.policies.push(po); return `CREATE POLICY ${po.name} ON ${b.say(table)}${b.random.pick(['', ' FOR SELECT', ' FOR INSERT', ' AS RESTRICTIVE'])}${b.maybe(0.3, ` TO ${b.random.pick([...ROLES, 'PUBLIC', 'CURRENT_USER'])}`)}${b.random.pick([` USING (${b.column(table).name} IS NOT NULL)`, ' USING (true)', ' WITH CHECK (true)'])}` }],
    [0.3, () => { const p = b.one(b.policies); return `ALTER POLICY ${p.name} ON ${b.say(p.table ?? table)} ${b.random.pick(['USING (false)', 'TO hand_a', 'WITH CHECK (true)'])}` }],
    [0.6, () => { b.rules.push(ru); return `CREATE ${b.maybe(0.3, 'OR REPLACE ')}RULE ${ru.name} AS ON ${b.random.pick(['INSERT', 'DELETE', 'UPDATE'])} TO ${b.say(table)} DO ${b.random.pick(['INSTEAD NOTHING', 'NOTHING', 'ALSO NOTIFY x'])}` }],
    [0.6, () => { const text = `ALTER ${o.kind ?? 'FUNCTION'} ${b.say(o)}(${(o.arguments ?? []).join(', ')}) ${b.random.pick(['RENAME TO g', 'SET SCHEMA s', 'STABLE', 'OWNER TO hand_a', 'SECURITY DEFINER', 'SET search_path = public', 'STRICT'])}`; return text }],
    [0.5, () => `ALTER TABLE ${b.say(table)} ALTER ${b.column(table).name} SET DEFAULT ${b.say(o)}(${(o.arguments ?? []).map(() => 'NULL').join(', ')})`]])()
}

function beyond(b) {
  const table = b.table(), o = b.one([...b.tables, ...b.views]), role = b.random.pick([...ROLES, 'PUBLIC', 'CURRENT_USER'])
  const right = () => b.random.pick(['SELECT', 'INSERT, UPDATE', 'ALL', 'ALL PRIVILEGES', `SELECT (${b.column(table).name})`, 'TRIGGER', 'USAGE'])
  return b.random.weighted([
    [3, () => `GRANT ${right()} ON ${b.random.pick(['', 'TABLE '])}${b.say(o)} TO ${role}${b.maybe(0.1, ' WITH GRANT OPTION')}`],
    [2, () => `REVOKE ${b.maybe(0.1, 'GRANT OPTION FOR ')}${right()} ON ${b.say(o)} FROM ${role}${b.behaviour()}`],
    [0.7, () => `GRANT ${b.random.pick(['USAGE', 'CREATE', 'ALL'])} ON SCHEMA ${b.schema()} TO ${role}`], [0.5, () => `GRANT SELECT ON ALL TABLES IN SCHEMA ${b.schema()} TO ${role}`],
    [0.4, () => `GRANT EXECUTE ON FUNCTION ${b.say(b.one(b.functions))} TO ${role}`], [0.4, () => `REVOKE ALL ON FUNCTION ${(f => `${b.say(f)}(${(f.arguments ?? []).join(', ')})`)(b.one(b.functions))} FROM PUBLIC`],
    [0.4, () => `GRANT USAGE ON SEQUENCE ${b.say(b.one(b.sequences))} TO ${role}`], [0.3, () => `GRANT USAGE ON TYPE ${b.say(b.one(b.types))} TO ${role}`],
    [0.7, () => `ALTER DEFAULT PRIVILEGES ${b.maybe(0.5, `IN SCHEMA ${b.schema()} `)}${b.random.pick(['GRANT SELECT ON TABLES TO', 'REVOKE ALL ON TABLES FROM', 'GRANT USAGE ON SEQUENCES TO', 'REVOKE EXECUTE ON FUNCTIONS FROM', 'GRANT USAGE ON TYPES TO'])} ${role}`],
    [2, () => `COMMENT ON ${b.random.pick([`TABLE ${b.say(table)}`, `COLUMN ${b.say(table)}.${b.column(table).name}`, `INDEX ${b.say(b.one(b.indexes))}`, `TYPE ${b.say(b.one(b.types))}`, `VIEW ${b.say(b.one(b.views))}`, `SCHEMA ${b.schema()}`, `CONSTRAINT ${b.one(b.constraints).name} ON ${b.say(table)}`, `SEQUENCE ${b.say(b.one(b.sequences))}`, `TRIGGER ${b.one(b.triggers).name} ON ${b.say(table)}`, `FUNCTION ${(f => `${b.say(f)}(${(f.arguments ?? []).join(', ')})`)(b.one(b.functions))}`, `POLICY ${b.one(b.policies).name} ON ${b.say(table)}`, `DOMAIN ${b.say(b.one(b.types))}`, `MATERIALIZED VIEW ${b.say(b.one(b.views))}`])} IS ${b.random.pick(["'said'", 'NULL', "''"])}`],
    [0.8, () => { const s = b.random.pick(['s', '"S2"', 's3']); b.schemas.push(s); return `CREATE SCHEMA ${b.maybe(0.4, 'IF NOT EXISTS ')}${s}${b.maybe(0.1, ' AUTHORIZATION hand_a')}` }],
    [0.4, () => `CREATE EXTENSION ${b.ifNotExists()}${b.random.pick(['citext', 'pgcrypto', 'pg_trgm', 'btree_gist', '"uuid-ossp"', 'hstore'])}${b.maybe(0.2, ` SCHEMA ${b.schema()}`)}`], [0.2, () => `DROP EXTENSION ${b.ifExists()}${b.random.pick(['citext', 'pgcrypto', 'hstore'])}${b.behaviour()}`],
    [0.5, () => b.random.pick([`CREATE PUBLICATION pb${b.random.between(1, 3)} FOR TABLE ${b.say(table)}`, 'CREATE PUBLICATION pb1', `ALTER PUBLICATION pb1 ADD TABLE ${b.say(table)}`, `ALTER PUBLICATION pb1 DROP TABLE ${b.say(table)}`, 'DROP PUBLICATION IF EXISTS pb1', `CREATE PUBLICATION pb4 FOR TABLE ${b.say(table)} (${b.column(table).name})`])],
    [0.3, () => `CREATE STATISTICS ${b.fresh('st')} ON ${b.column(table).name}, ${b.column(table).name} FROM ${b.say(table)}`],
    [0.6, () => `ALTER ${b.random.pick(['TABLE', 'VIEW', 'SEQUENCE', 'TYPE', 'SCHEMA', 'FUNCTION'])} ${b.say(b.one([...b.tables, ...b.types, ...b.views]))} OWNER TO ${b.random.pick(ROLES)}`]])()
}

function rows(b) {
  const table = b.plain(), c = b.column(table), d = table.columns.find(k => k.type === c.type) ?? c
  return b.random.pick([`INSERT INTO ${b.say(table)} (${c.name}) VALUES (${b.value(c.type)})`, `UPDATE ${b.say(table)} SET ${c.name} = ${d.name}`, `DELETE FROM ${b.say(table)}`, `INSERT INTO ${b.say(table)} DEFAULT VALUES`, `TRUNCATE ${b.say(table)}`,
    `SELECT ${c.name} FROM ${b.say(table)}`, `UPDATE ${b.say(table)} SET ${c.name} = NULL WHERE ${d.name} IS NULL`, `LOCK TABLE ${b.say(table)}`, `ANALYZE ${b.say(table)}`, `REINDEX TABLE ${b.say(table)}`])
}

function session(b) {
  return b.random.pick([`SET search_path = ${b.random.some(['public', 's', '"S2"', '"$user"', 'nowhere'], b.random.between(1, 2)).join(', ')}`, `SET LOCAL search_path TO s`, "SELECT pg_catalog.set_config('search_path', '', false)", 'RESET search_path', 'SET client_min_messages = warning', "SET statement_timeout = '5s'", 'SET check_function_bodies = off', 'SET default_tablespace = \'\'', 'SET standard_conforming_strings = on', `SET role hand_a`, 'RESET role', 'SET nonsense = 1', 'SHOW search_path'])
}

function block(b) {
  const table = b.table(), c = b.column(table)
  return b.random.pick([
    `DO $$ BEGIN CREATE TYPE ${b.fresh('ty')} AS ENUM ('a'); EXCEPTION WHEN duplicate_object THEN NULL; END $$`,
    `DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_type WHERE typname = '${b.one(b.types).name}') THEN CREATE TYPE ty1 AS ENUM ('a'); END IF; END $$`,
    `DO $$ BEGIN ALTER TABLE ${b.say(table)} ADD COLUMN ${c.name} int; EXCEPTION WHEN duplicate_column THEN NULL; END $$`,
    `DO $$ BEGIN IF EXISTS (SELECT 1 FROM information_schema.columns WHERE table_name = '${table.name.replaceAll('"', '')}' AND column_name = '${c.name.replaceAll('"', '')}') THEN ALTER TABLE ${b.say(table)} DROP COLUMN ${c.name}; END IF; END $$`,
    `DO $$ BEGIN EXECUTE 'DROP TABLE IF EXISTS ${b.say(table)}'; END $$`])
}

export const statements = [[3, createType], [3, alterType], [3, sequence], [6, view], [6, code], [5, beyond], [2, rows], [1, session], [1, block]]
