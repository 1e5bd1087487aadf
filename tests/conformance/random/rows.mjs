// rows.mjs - rows at the edges of their types, and what became of them.
//
// Rows go in one by one, each in a transaction of its own; what a constraint refuses is left out. Columns are followed by what
// the server knows them by, so that a rename loses nothing. A column's values are compared as a bag: in the old type where it
// stayed, cast by the server where it changed.

const mine = `n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'`
const columnsQuestion = `
SELECT c.oid::int AS id, a.attnum AS number, n.nspname AS schema, c.relname AS table, c.oid::regclass::text AS place, quote_ident(a.attname) AS quoted,
       a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type, COALESCE(e.typname, t.typname) AS base, COALESCE(e.typtype, t.typtype) AS kind, e.oid IS NOT NULL AS list,
       a.attnotnull AS required, a.atthasdef OR a.attidentity <> '' AS given, a.attgenerated <> '' OR a.attidentity = 'a' AS computed,
       (SELECT array_agg(enumlabel::text ORDER BY enumsortorder) FROM pg_enum WHERE enumtypid = COALESCE(e.oid, t.oid)) AS labels,
       (SELECT json_build_object('place', k.confrelid::regclass::text, 'column', (SELECT quote_ident(attname) FROM pg_attribute WHERE attrelid = k.confrelid AND attnum = k.confkey[array_position(k.conkey, a.attnum)]))
          FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'f' AND a.attnum = ANY (k.conkey) ORDER BY k.conname LIMIT 1) AS parent
  FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_type t ON t.oid = a.atttypid LEFT JOIN pg_type e ON e.oid = t.typelem AND t.typcategory = 'A'
 WHERE ${mine} AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped ORDER BY c.relname, c.oid, a.attnum`

const words = ['', 'a', 'A', ' 12 ', '7', 'true', '2020-02-29', "it's", 'ü€😀', '\u00a0', 'x'.repeat(300), '{"a":1}']
const edges = {
  int2: ['0', '1', '-1', '32767', '-32768'], int4: ['0', '1', '-1', '2147483647', '-2147483648', '12'], oid: ['1', '4294967295'],
  int8: ['0', '1', '-1', '9223372036854775807', '-9223372036854775808', '2147483648'], bool: ['true', 'false'],
  float4: ['0', '1.5', 'NaN', 'Infinity', '-Infinity', '1e-37', '16777217'], float8: ['0', '-1.5', 'NaN', 'Infinity', '-Infinity', '1e300', '0.1'],
  numeric: ['0', '1', '-1.5', '9', '99999.99', '123456789012345678901234567890', 'NaN'], money: ['0', '-1.25', '92233720368547758.07'],
  timestamp: ['infinity', '-infinity', '4713-01-01 00:00:00 BC', '294276-12-31 23:59:59', '2000-02-29 12:34:56.123456'],
  timestamptz: ['infinity', '-infinity', '2000-02-29 12:34:56.123456+05', '1970-01-01 00:00:00+00'], date: ['infinity', '4713-01-01 BC', '5874897-12-31', '2000-02-29'],
  time: ['00:00:00', '24:00:00', '12:34:56.123456'], timetz: ['00:00:00+14', '24:00:00-14'], bytea: ['\\x', '\\x00ff'], inet: ['0.0.0.0', '::1/128', '255.255.255.255/8'],
  uuid: ['00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff', '01234567-89ab-cdef-0123-456789abcdef'],
  json: ['{}', '[]', '"x"', 'null', '{"a": 1.50}'], jsonb: ['{}', '[]', 'null', '1e400'], xml: ['<a/>', 'text'], bit: ['0', '1', '10101010'], varbit: ['', '1', '0101'],
}

const literal = text => `'${text.replaceAll("'", "''")}'`
const length = type => Number(/\((\d+)\)/.exec(type)?.[1] ?? 1000)

function valueOf(r, column) {
  if (!column.required && r.chance(0.2)) return 'NULL'
  const pool = column.kind === 'e' ? column.labels : edges[column.base] ?? words
  const one = () => {
    const text = r.pick(pool)
    return literal(['varchar', 'bpchar', 'bit', 'varbit'].includes(column.base) ? [...text].slice(0, length(column.type)).join('') : text)
  }
  if (!column.list) return column.parent ? `(SELECT ${column.parent.column} FROM ${column.parent.place} ORDER BY ctid OFFSET ${r.between(0, 2)} LIMIT 1)` : `${one()}::${column.type}`
  return `ARRAY[${Array.from({ length: r.between(0, 2) }, () => r.chance(0.2) ? 'NULL' : one()).join(', ')}]::${column.type}`
}

// Each table's columns, by the table's oid.
async function ask(client) {
  const tables = new Map()
  for (const row of (await client.query(columnsQuestion)).rows) tables.set(row.id, [...tables.get(row.id) ?? [], row])
  return tables
}

// Three rounds, so that rows find the ones they refer to.
export async function fill(client, r) {
  let count = 0
  for (let round = 0; round < 3; round++) {
    for (const columns of (await ask(client)).values()) {
      for (let i = 0; i < 4; i++) {
        const set = columns.filter(c => !c.computed && !(c.given && r.chance(0.5)))
        const sql = set.length ? `INSERT INTO ${columns[0].place} (${set.map(c => c.quoted).join(', ')}) VALUES (${set.map(c => valueOf(r, c)).join(', ')})` : `INSERT INTO ${columns[0].place} DEFAULT VALUES`
        try { await client.query(sql); count++ } catch { /* refused by a constraint, or no such value of that type */ }
      }
    }
  }
  return count
}

// (table, column) -> { table, name, type, values }
export async function contentOf(client) {
  const content = new Map()
  for (const columns of (await ask(client)).values()) {
    const { rows } = await client.query({ text: `SELECT ${columns.map(c => `${c.quoted}::text`).join(', ')} FROM ${columns[0].place}`, rowMode: 'array' })
    columns.forEach((c, i) => content.set(`${c.id}.${c.number}`, { table: c.table, name: c.name, type: c.type, kind: c.kind, values: rows.map(row => row[i]).sort(), rows: rows.length }))
  }
  return content
}

export const sameContent = (a, b) => JSON.stringify([...a]) === JSON.stringify([...b])

// What is not there any more as it was: [{ table, column, what }].
export async function losses(client, before, after) {
  const lost = []
  for (const [id, was] of before) {
    const is = after.get(id), values = was.values.filter(v => v !== null)
    if (!is) { if (values.length) lost.push({ table: was.table, column: was.name, what: `${values.length} values gone` }); continue }
    const expected = is.type === was.type ? was.values : await cast(client, was, is.type)
    const changed = JSON.stringify(expected) !== JSON.stringify(is.values)
    if (!changed && is.type !== was.type && is.kind !== 'e' && was.kind !== 'e') {
      const cut = await notTheSame(client, was, is.type)
      if (cut.length) lost.push({ table: was.table, column: was.name, what: `${was.type} to ${is.type}: of ${JSON.stringify(cut).slice(0, 120)} something was cut off` })
    }
    if (changed) lost.push({ table: was.table, column: was.name, what: `${was.type} to ${is.type}: ${JSON.stringify(was.values).slice(0, 120)} became ${JSON.stringify(is.values).slice(0, 120)}` })
  }
  return lost
}

// Values that do not come back when cast to the new type and back again. Objects of JSON may be written in other ways.
async function notTheSame(client, was, type) {
  const out = []
  for (const value of new Set(was.values.filter(v => v !== null))) {
    if (/json/.test(was.type)) continue
    try {
      const { rows } = await client.query({ text: `SELECT (($1::text::${was.type})::${type})::text::${was.type} IS NOT DISTINCT FROM $1::text::${was.type}`, values: [value], rowMode: 'array' })
      if (!rows[0][0]) out.push(value)
    } catch { /* no comparison, or no way back */ }
  }
  return out
}

// The values as the server casts them; an enum's and a list's by way of text.
async function cast(client, was, type) {
  const out = []
  for (const value of was.values) {
    if (value === null) { out.push(null); continue }
    const ways = [`($1::text::${was.type})::${type}::text`, `$1::text::${type}::text`, `ARRAY[$1::text]::${type}::text`]
    for (const way of ways) {
      try { out.push((await client.query({ text: `SELECT ${way}`, values: [value], rowMode: 'array' })).rows[0][0]); break } catch { /* the next */ }
    }
  }
  return out.sort()
}
