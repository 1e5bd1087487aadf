// catalog.mjs - what a database holds, in the server's own words, and how two such descriptions differ.
//
// One line an object: `kind|where|words`. pg_get_constraintdef, pg_get_indexdef, format_type, pg_get_expr say it, not our
// introspection. Free, because neither the language nor a script can say it, and so left out: the order of columns, the order of
// an enum's values (added ones stand last), a stated precision of 6, which is what none means, the names of sequences that belong to a column and how far they count beyond what it
// holds (a SERIAL's has the column's type, CREATE SEQUENCE makes bigint), schemas left empty.

const mine = `n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'`
const free = catalog => `NOT EXISTS (SELECT FROM pg_depend e WHERE e.deptype = 'e' AND e.classid = '${catalog}'::regclass AND e.objid = `
const of = (schema, name) => `quote_ident(${schema}) || '.' || quote_ident(${name})`

const question = `
SELECT 'extension' AS kind, extname::text AS subject, '' AS words FROM pg_extension
UNION ALL
SELECT CASE c.relkind WHEN 'S' THEN 'sequence' ELSE 'relation' END,
       CASE WHEN o.refobjid IS NULL THEN ${of('n.nspname', 'c.relname')} ELSE 'of ' || ${of('on_.nspname', 'oc.relname')} || '.' || quote_ident(oa.attname) || ' in ' || n.nspname END,
       c.relkind::text || ' ' || c.relpersistence::text || CASE WHEN o.refobjid IS NULL THEN COALESCE(' ' || format_type(s.seqtypid, NULL), '') WHEN s.seqmax < CASE oa.atttypid WHEN 20 THEN 9223372036854775807 WHEN 23 THEN 2147483647 ELSE 32767 END THEN ' narrow' ELSE '' END
       || COALESCE(' ' || concat_ws(' ', s.seqstart, s.seqincrement, s.seqmin, s.seqcycle), '')
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  LEFT JOIN pg_sequence s ON s.seqrelid = c.oid
  LEFT JOIN pg_depend o ON c.relkind = 'S' AND o.classid = 'pg_class'::regclass AND o.objid = c.oid AND o.deptype IN ('a', 'i') AND o.refclassid = 'pg_class'::regclass
  LEFT JOIN pg_class oc ON oc.oid = o.refobjid LEFT JOIN pg_namespace on_ ON on_.oid = oc.relnamespace
  LEFT JOIN pg_attribute oa ON oa.attrelid = o.refobjid AND oa.attnum = o.refobjsubid
 WHERE ${mine} AND c.relkind NOT IN ('i', 'I', 't') AND ${free('pg_class')} c.oid)
UNION ALL
SELECT 'column', ${of('n.nspname', 'c.relname')} || '.' || quote_ident(a.attname),
       regexp_replace(format_type(a.atttypid, a.atttypmod), '^(time|timestamp)\\(6\\)', '\\1') || CASE WHEN a.attnotnull THEN ' not null' ELSE '' END || a.attidentity::text || a.attgenerated::text || COALESCE(' collate ' || NULLIF(a.attcollation, t.typcollation)::text, '')
  FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_type t ON t.oid = a.atttypid
 WHERE ${mine} AND c.relkind IN ('r', 'p', 'v', 'm') AND a.attnum > 0 AND NOT a.attisdropped AND ${free('pg_class')} c.oid)
UNION ALL
SELECT 'default', ${of('n.nspname', 'c.relname')} || '.' || quote_ident(a.attname),
       CASE WHEN pg_get_expr(d.adbin, d.adrelid) ~ '^nextval' AND EXISTS (SELECT FROM pg_depend o WHERE o.refobjid = c.oid AND o.refobjsubid = a.attnum AND o.deptype = 'a' AND o.classid = 'pg_class'::regclass)
            THEN 'nextval of its own sequence' ELSE pg_get_expr(d.adbin, d.adrelid) END
  FROM pg_attrdef d JOIN pg_class c ON c.oid = d.adrelid JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.adnum
 WHERE ${mine} AND ${free('pg_class')} c.oid)
UNION ALL
SELECT 'constraint', ${of('n.nspname', 'c.relname')} || '.' || quote_ident(k.conname), pg_get_constraintdef(k.oid) || CASE WHEN k.convalidated THEN '' ELSE ' NOT VALID' END
  FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE ${mine} AND k.contype <> 'n' AND ${free('pg_class')} c.oid)
UNION ALL
SELECT 'index', ${of('n.nspname', 'x.relname')}, pg_get_indexdef(i.indexrelid) || CASE WHEN i.indisvalid AND i.indisready THEN '' ELSE ' INVALID' END
  FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid JOIN pg_namespace n ON n.oid = x.relnamespace
 WHERE ${mine} AND ${free('pg_class')} x.oid)
UNION ALL
SELECT 'type', ${of('n.nspname', 't.typname')}, t.typtype::text || COALESCE(' ' || (SELECT string_agg(quote_literal(enumlabel), ', ' ORDER BY enumlabel COLLATE "C") FROM pg_enum WHERE enumtypid = t.oid), '')
  FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace LEFT JOIN pg_class c ON c.oid = t.typrelid
 WHERE ${mine} AND t.typtype <> 'm' AND NOT (t.typelem <> 0 AND t.typlen = -1 AND t.typcategory = 'A') AND (t.typtype <> 'c' OR c.relkind = 'c') AND ${free('pg_type')} t.oid)
UNION ALL
SELECT 'function', p.oid::regprocedure::text, '' FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE ${mine} AND ${free('pg_proc')} p.oid)
UNION ALL
SELECT 'trigger', t.tgname::text, '' FROM pg_trigger t WHERE NOT t.tgisinternal
`

export async function stateOf(client) {
  const { rows } = await client.query({ name: 'state', text: question, rowMode: 'array' })
  return new Map(rows.map(([kind, subject, words]) => [`${kind} ${subject}`, words]).sort(([a], [b]) => a < b ? -1 : 1))
}

// Extensions that are no longer wanted stay: the reference never drops one, and neither do we.
const mayStay = key => key.startsWith('extension ')

// Defaults are one when the server computes one value from both: `1` and `'1'::bigint` are, and `0.5` and `0.50`, which have two texts.
async function sameDefault(client, type, a, b) {
  const by = /^numeric/.test(type) ? type : 'text'
  try {
    const { rows } = await client.query({ text: `SELECT ((${a})::${type})::${by} IS NOT DISTINCT FROM ((${b})::${type})::${by}`, rowMode: 'array' })
    return rows[0][0]
  } catch { return false }
}

// Lines for people: what `got` has otherwise than `wanted`. The client is one of the database `got` came from.
export async function differences(client, wanted, got) {
  const lines = []
  for (const [key, words] of wanted) {
    if (!got.has(key)) { lines.push(`missing ${key}: ${words}`); continue }
    const other = got.get(key)
    if (other === words) continue
    const type = wanted.get(key.replace(/^default /, 'column '))?.replace(/ not null$/, '')
    if (key.startsWith('default ') && await sameDefault(client, type, words, other)) continue
    lines.push(`differs ${key}: wanted ${words}, is ${other}`)
  }
  for (const [key, words] of got) if (!wanted.has(key) && !mayStay(key)) lines.push(`left over ${key}: ${words}`)
  return lines
}

// --- what survives ----------------------------------------------------------------------------------------

const columns = `SELECT attrelid::text || '.' || attnum, attrelid::regclass::text || '.' || attname, relname || '.' || attname FROM pg_attribute a JOIN pg_class c ON c.oid = attrelid
 JOIN pg_namespace n ON n.oid = relnamespace WHERE relkind IN ('r', 'p') AND attnum > 0 AND NOT attisdropped AND ${mine}
 UNION ALL SELECT c.oid::text, c.oid::regclass::text, 'table ' || relname FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace WHERE relkind IN ('r', 'p') AND ${mine}
 UNION ALL SELECT 'value ' || e.oid, enumtypid::regtype::text || '.' || enumlabel, typname || '.' || enumlabel FROM pg_enum e JOIN pg_type t ON t.oid = enumtypid`

// Tables, their columns, values of enums: by what the server knows them by -> { name, place }.
export async function columnsOf(client) {
  const { rows } = await client.query({ name: 'columns', text: columns, rowMode: 'array' })
  return new Map(rows.map(([id, name, place]) => [id, { name, place }]))
}

// Which of them are still there, whatever they are called now?
export const survivors = (before, after) => new Set([...before].filter(([id]) => after.has(id)).map(([, { name }]) => name))
