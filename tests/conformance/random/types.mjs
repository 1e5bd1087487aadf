// types.mjs - what the generator knows of types: their spellings, values they hold, expressions they take, indexes they bear.
//
// One row each. `native`: the attribute, null for the type a scalar has by itself; args(r): its arguments. `lits`: literals as
// the schema writes them. `exprs`: for dbgenerated(); `canon`: those the server repeats as they are. `no`: index methods without a class for it. `brin`: its classes' prefix.

const ints = ['0', '1', '-5', '42', '32767', '7']
const intExprs = ['1 + 1', '(2)', '-5', "'5'::integer", 'abs(-3)', 'length(\'abc\')', '2 * (3 + 4)', 'floor(3.7)::int', '(1)::smallint',
  'CASE WHEN true THEN 1 ELSE 2 END', 'COALESCE(NULL, 3)', '- 7', '12']
const floats = ['0', '1.5', '-1.50', '100', '0.1', '3.14159', '1000000']
const floatExprs = ["'1.5'::real", '1.5 * 2', 'random()', 'pi()', '-1.5', "'NaN'", "'NaN'::double precision", 'sqrt(2)', '(1.50)', '1e3', "'Infinity'::float8"]
const decimals = ['0', '1.50', '-2.5', '12', '9.99', '"1.5e1"']
const decimalExprs = ['1.0 / 3', "'1.50'::numeric", 'round(2.5, 1)', '-1', "'2'", '(1.10)::numeric(5,2)', 'trunc(1.234, 2)']
const strings = ['"a"', '"A"', '""', '"it\'s"', '"b c"', '"x\\"y"', '"é"', '"a\\\\b"', '"1"', '"true"', '"NULL"', '"a\\nb"', '"日本"', '"$$"', '"now()"', '"{a,b}"']
const stringExprs = ["'abc'::text", "upper('a')", "lower('A'::text)", "concat('a', 1)", "CASE WHEN true THEN 'a' ELSE 'b' END", 'current_user',
  "md5('x')", '(gen_random_uuid())::text', "COALESCE(NULL, 'x')", "'it''s'", "E'a\\\\nb'", "to_char(now(), 'YYYY')", "'a' || 'b'", "'x'::varchar",
  "('y')", "CURRENT_USER", "substr('abc', 1, 2)", "'a'::character varying", 'now()::text', '1::text']
const times = ['"2020-01-01T00:00:00Z"', '"2021-06-30T12:30:45+02:00"', '"2020-01-01T00:00:00.123Z"', '"1999-12-31T23:59:59.5-05:00"']
const timeExprs = ["now() + interval '1 day'", 'CURRENT_TIMESTAMP', 'CURRENT_TIMESTAMP(3)', 'transaction_timestamp()', "timezone('utc'::text, now())",
  "date_trunc('day', now())", 'LOCALTIMESTAMP', "'infinity'", 'now()', "(now() AT TIME ZONE 'UTC')", 'clock_timestamp()', "'2020-01-01 00:00:00'",
  "'2020-01-01'::timestamp", 'CURRENT_DATE', "now() - '01:00:00'::interval", 'NOW()']
const dateExprs = ['CURRENT_DATE', "'2020-01-01'::date", "'2020-02-02'", '(now())::date', 'CURRENT_DATE + 1']
const clockExprs = ['LOCALTIME', "'12:00'", "'12:00:00'::time", 'CURRENT_TIME', 'LOCALTIME(3)']
const jsons = ['"{}"', '"[]"', '"{\\"a\\": 1}"', '"{\\"b\\":[1,2],\\"a\\":\\"x\\"}"', '"null"', '"1"', '"\\"it\'s\\""']
const jsonExprs = ["'{}'::jsonb", "jsonb_build_object('a', 1)", "to_jsonb(1)", "'[]'", "'{\"a\": 1}'::json", "json_build_array(1, 2)"]
const bytes = ['"SGVsbG8="', '""', '"AA=="', '"/w=="']
const bytesExprs = ["'\\x00'::bytea", "decode('aa', 'hex')", "'\\xff'", "convert_to('a', 'UTF8')"]
const uuids = ['"00000000-0000-0000-0000-000000000000"', '"7d444840-9dc0-11d1-b245-5ffdce74fad2"']
const uuidExprs = ['gen_random_uuid()', "'00000000-0000-0000-0000-000000000001'::uuid", "'00000000-0000-0000-0000-000000000002'"]
const bits = n => ['0'.repeat(n), '1'.repeat(n)].map(s => JSON.stringify(s))

const length = r => [r.pick([1, 2, 5, 10, 20, 36, 191, 255])]
const precision = r => [r.pick([0, 1, 3, 3, 6, 6])]
const optional = args => r => r.chance(0.3) ? [] : args(r)
const scale = r => r.chance(0.25) ? [] : r.pick([[10, 2], [65, 30], [5, 0], [12, 4], [5, 2], [3, 3], [1000, 0], [20, 10]])
const short = (lits, n) => lits.filter(l => [...JSON.parse(l)].length <= n)

export const types = [
  { scalar: 'Int', native: null, weight: 12, lits: ints, exprs: intExprs, brin: 'Int4', auto: true },
  { scalar: 'Int', native: 'Integer', lits: ints, exprs: intExprs, brin: 'Int4', auto: true },
  { scalar: 'Int', native: 'SmallInt', weight: 2, lits: ints, exprs: intExprs, brin: 'Int2', auto: true },
  { scalar: 'Int', native: 'Oid', lits: ['0', '1', '42'], exprs: ["'1'", '1', "'1'::oid"], brin: 'Oid' },
  { scalar: 'BigInt', native: null, weight: 4, lits: [...ints, '9007199254740993', '-9223372036854775808'], exprs: [...intExprs, "'9'::bigint", '1::bigint'], brin: 'Int8', auto: true },
  { scalar: 'BigInt', native: 'BigInt', lits: ints, exprs: intExprs, brin: 'Int8', auto: true },
  { scalar: 'Float', native: null, weight: 3, lits: floats, exprs: floatExprs, brin: 'Float8' },
  { scalar: 'Float', native: 'DoublePrecision', lits: floats, exprs: floatExprs, brin: 'Float8' },
  { scalar: 'Float', native: 'Real', lits: floats, exprs: floatExprs, brin: 'Float4' },
  { scalar: 'Decimal', native: null, weight: 3, lits: decimals, exprs: decimalExprs, brin: 'Numeric' },
  { scalar: 'Decimal', native: 'Decimal', weight: 2, args: scale, lits: ['0', '0.50', '"0.5"', '-0.1'], exprs: decimalExprs, brin: 'Numeric' },
  { scalar: 'Decimal', native: 'Money', lits: ['0', '1.50', '100'], exprs: ['0', "'1.50'", "'2'::money", '1.5::money'], no: ['Hash', 'Brin'] },
  { scalar: 'Boolean', native: null, weight: 5, lits: ['true', 'false'], exprs: ['true', '(1 = 1)', 'NOT false', "'t'::boolean", '1 < 2', "'yes'", 'TRUE'], no: ['Brin'] },
  { scalar: 'Boolean', native: 'Boolean', lits: ['true', 'false'], exprs: ['false'], no: ['Brin'] },
  { scalar: 'String', native: null, weight: 14, lits: strings, exprs: stringExprs, canon: ['CURRENT_USER', "upper('a'::text)"], brin: 'Text', text: true },
  { scalar: 'String', native: 'Text', lits: strings, exprs: stringExprs, brin: 'Text', text: true },
  { scalar: 'String', native: 'VarChar', weight: 3, args: optional(length), lits: strings, exprs: ["'a'", "'b'::character varying", "upper('a')", "'c'::text"], brin: 'Text', text: true, sized: true },
  { scalar: 'String', native: 'Char', args: optional(length), lits: strings, exprs: ["'a'", "'b'::bpchar", "'c'::char(1)"], brin: 'Bpchar', text: true, sized: true },
  { scalar: 'String', native: 'Bit', args: optional(r => [r.pick([1, 3, 8])]), bits, exprs: [], brin: 'Bit', no: ['Hash'] },
  { scalar: 'String', native: 'VarBit', args: optional(r => [r.pick([1, 3, 8])]), bits, exprs: ["B'1'", "'1'::varbit"], brin: 'VarBit', no: ['Hash'] },
  { scalar: 'String', native: 'Uuid', weight: 3, lits: uuids, exprs: uuidExprs, canon: ['gen_random_uuid()'], brin: 'Uuid' },
  { scalar: 'String', native: 'Xml', lits: ['"<a/>"'], exprs: ["'<b/>'::xml"], no: ['BTree', 'Hash', 'Brin'] },
  { scalar: 'String', native: 'Inet', lits: ['"127.0.0.1"', '"10.0.0.0/8"'], exprs: ["'::1'::inet", "'10.0.0.1'"], brin: 'Inet', inet: true },
  { scalar: 'String', native: 'Citext', lits: strings, exprs: ["'a'::citext", "'b'", "'c'::text"], no: ['Brin'], citext: true },
  { scalar: 'DateTime', native: null, weight: 8, lits: times, exprs: timeExprs, canon: ['CURRENT_TIMESTAMP', '(now() + \'1 day\'::interval)', 'clock_timestamp()'], brin: 'Timestamp', now: true },
  { scalar: 'DateTime', native: 'Timestamp', weight: 2, args: optional(precision), lits: times, exprs: timeExprs, canon: ['CURRENT_TIMESTAMP', 'CURRENT_DATE'], brin: 'Timestamp', now: true },
  { scalar: 'DateTime', native: 'Timestamptz', weight: 2, args: optional(precision), lits: times, exprs: timeExprs, brin: 'TimestampTz', now: true },
  { scalar: 'DateTime', native: 'Date', lits: times, exprs: dateExprs, brin: 'Date', now: true },
  { scalar: 'DateTime', native: 'Time', args: optional(precision), lits: times, exprs: clockExprs, brin: 'Time', now: true },
  { scalar: 'DateTime', native: 'Timetz', args: optional(precision), lits: times, exprs: ['CURRENT_TIME', "'12:00+02'"], brin: 'TimeTz', now: true },
  { scalar: 'Json', native: null, weight: 3, lits: jsons, exprs: jsonExprs, no: ['Brin'], jsonb: true },
  { scalar: 'Json', native: 'JsonB', lits: jsons, exprs: jsonExprs, no: ['Brin'], jsonb: true },
  { scalar: 'Json', native: 'Json', lits: jsons, exprs: jsonExprs, no: ['BTree', 'Hash', 'Brin'] },
  { scalar: 'Bytes', native: null, weight: 2, lits: bytes, exprs: bytesExprs, brin: 'Bytea' },
  { scalar: 'Bytes', native: 'ByteA', lits: bytes, exprs: bytesExprs, brin: 'Bytea' },
]

// Types the language has no word for, and some it has (written so all the same).
export const unsupported = [
  { sql: 'point', exprs: ['point(0, 0)', "'(1,2)'::point"], no: ['BTree', 'Hash', 'Brin'] },
  { sql: 'box', exprs: ["'((0,0),(1,1))'::box", "'(1,1),(0,0)'"], no: ['BTree', 'Hash', 'Brin'] },
  { sql: 'circle', exprs: ["'<(0,0),1>'::circle"], no: ['BTree', 'Hash', 'Brin'] },
  { sql: 'interval', exprs: ["'1 day'::interval", "'1 day'", "interval '1 hour'", "'01:00:00'"] },
  { sql: 'interval(3)', exprs: ["'2 days'"] },
  { sql: 'interval day to second', exprs: ["'3 days'"] },
  { sql: 'int4range', exprs: ["'[1,5)'::int4range", 'int4range(1, 5)', "'empty'"] },
  { sql: 'daterange', exprs: ["'[2020-01-01,2020-02-01)'::daterange"] },
  { sql: 'tsvector', exprs: ["to_tsvector('english', 'a b')", "'a'::tsvector", "''"] },
  { sql: 'cidr', exprs: ["'10.0.0.0/8'::cidr", "'10.0.0.0/8'"] },
  { sql: 'macaddr', exprs: ["'08:00:2b:01:02:03'"] },
  { sql: 'name', exprs: ["'a'::name", 'current_user'] },
  { sql: 'jsonpath', exprs: ["'$.a'"], no: ['BTree', 'Hash', 'Brin'] },
  { sql: 'pg_lsn', exprs: ["'0/0'"] },
  { sql: 'regclass', exprs: [] },
  { sql: 'polygon', exprs: [], no: ['BTree', 'Hash', 'Brin'] },
  { sql: 'numeric(10,2)', exprs: ['1.5'], known: true },
  { sql: 'timestamp(2) with time zone', exprs: ['now()'], known: true },
  { sql: 'character varying(20)', exprs: ["'a'"], known: true },
  { sql: 'int4', exprs: ['1'], known: true },
]

const named = Object.fromEntries(types.map(t => [`${t.scalar}/${t.native ?? ''}`, t]))
export const typeOf = field =>
  field.unsupported ? unsupported.find(u => u.sql === field.unsupported) : field.enum ? { no: ['Brin'] } : named[`${field.scalar}/${field.native?.name ?? ''}`]

export function drawType(r) {
  const type = r.weighted(types.map(t => [t.weight ?? 1, t]))
  return { scalar: type.scalar, native: type.native && { name: type.native, args: type.args?.(r) ?? [] } }
}

// Literals that fit the type's arguments.
export function literalsOf(field) {
  const type = typeOf(field), n = field.native?.args[0]
  if (type.bits) return type.bits(n ?? (type.native === 'Bit' ? 1 : 4))
  if (type.sized) return short(type.lits, n ?? (type.native === 'Char' ? 1 : 99))
  return type.lits
}

// `'{}'::text[]` and the like, for lists.
export const listExprs = { Int: ["'{}'", "'{1,2}'::integer[]", 'ARRAY[1, 2]', 'ARRAY[]::integer[]', "array[1]"],
  String: ["'{}'::text[]", "ARRAY['a'::text]", "string_to_array('a,b', ',')", "'{a,b}'", "array['x', 'y']", "ARRAY[]::text[]"],
  BigInt: ["'{1}'::bigint[]", 'ARRAY[1]::bigint[]'], Boolean: ["'{t,f}'", 'ARRAY[true]'], Float: ["ARRAY[1.5]", "'{1}'"] }
