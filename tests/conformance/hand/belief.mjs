// belief.mjs - what the writer of a script by hand believes is there: loosely, since statements of his fail.
//
// Few names, so that they meet; some want quotes, some are long, some are words of the grammar.
export const NAMES = ['t', 'u', 'v', 'w', '"Big"', '"a b"', 'item', '"user"', 'a_table_with_a_rather_long_name_that_leaves_little_room_for_more']
export const COLUMNS = ['a', 'b', 'c', 'd', 'e', '"Mixed"', 'id', 'kind', 'ref_id']
export const SCHEMAS = ['public', 's', '"S2"']
export const ROLES = ['hand_a', 'hand_b']
export const TYPES = ['int', 'bigint', 'smallint', 'text', 'varchar(20)', 'varchar', 'char(3)', 'numeric(9,2)', 'numeric', 'boolean', 'date', 'timestamp', 'timestamptz(3)', 'time',
  'interval', 'uuid', 'jsonb', 'json', 'bytea', 'int[]', 'text[]', 'real', 'double precision', 'inet', 'bit(4)', 'int4range', 'tstzrange', 'serial', 'bigserial', 'money', 'name', 'oid', 'point', 'xml', 'tsvector']

const VALUES = {
  int: ['1', '-7', "'3'", '1 + 1'], bigint: ['9000000000', '0'], smallint: ['1'], text: ["'x'", "''", "'it''s'", 'CURRENT_USER', "lower('A')"], numeric: ['1.50', '0'], boolean: ['true', 'false', "'yes'"],
  date: ['CURRENT_DATE', "'2020-01-01'"], timestamp: ['now()', 'CURRENT_TIMESTAMP', "'2020-01-01'"], timestamptz: ['now()', 'CURRENT_TIMESTAMP(3)'], uuid: ['gen_random_uuid()'], jsonb: ["'{}'", "'[]'::jsonb"],
  json: ["'{}'"], interval: ["'1 day'"], real: ['1.5'], bytea: ["'\\x00'"], varchar: ["'v'"], char: ["'abc'"], 'int[]': ["'{1,2}'", 'ARRAY[1,2]', "ARRAY[]::int[]"], 'text[]': ["'{}'", "ARRAY['x']"],
}

export class Belief {
  constructor(random) {
    this.random = random
    this.tables = []     // {schema, name, columns: [{name, type}], parts: undefined | 'RANGE' | 'LIST' | 'HASH', key, keys: []}
    this.indexes = []    // {schema, name, table}
    this.constraints = []  // {name, table, kind}
    this.types = []      // {schema, name, kind}
    this.sequences = []
    this.views = []      // {schema, name, columns, materialized}
    this.functions = []  // {schema, name, arguments, kind}
    this.triggers = []
    this.policies = []
    this.rules = []
    this.schemas = ['public']
    this.others = []     // publications and the like: {kind, name}
    this.number = 0
  }

  name(list = NAMES) { return this.random.pick(list) }
  fresh(stem) { return this.random.chance(0.85) ? `${stem}${++this.number}` : this.name() }
  // One that is believed to be there; else, or seldom, whatever name.
  one(list) { return list.length > 0 && this.random.chance(0.95) ? this.random.pick(list) : { schema: 'public', name: this.name(), columns: [], keys: [], table: undefined, arguments: [] } }
  schema() { return this.random.chance(0.85) ? this.random.pick(this.schemas) : this.random.pick(SCHEMAS) }
  table() { return this.one(this.tables) }
  plain() { return this.one(this.tables.filter(t => !t.parts)) }
  // As it is written: qualified where it must be, or by the way.
  say(object) { return object.schema && (object.schema !== 'public' || this.random.chance(0.15)) ? `${object.schema}.${object.name}` : object.name }
  column(table) { return table.columns.length > 0 && this.random.chance(0.95) ? this.random.pick(table.columns) : { name: this.name(COLUMNS), type: 'int' } }
  columnOf(table, types) {
    const fitting = table.columns.filter(c => types.test(c.type))
    return fitting.length > 0 ? this.random.pick(fitting) : undefined
  }
  type() {
    return this.types.length > 0 && this.random.chance(0.3) ? (t => `${this.say(t)}${this.random.chance(0.1) ? '[]' : ''}`)(this.random.pick(this.types)) : this.random.pick(TYPES)
  }
  value(type) {
    const known = VALUES[type] ?? VALUES[type.replace(/\(.*\)/, '')]
    return known && this.random.chance(0.95) ? this.random.pick(known) : this.random.chance(0.9) ? 'NULL' : "'x'"
  }
  forget(list, object) { const at = list.indexOf(object); if (at >= 0) list.splice(at, 1) }
  dropTable(table) {
    this.forget(this.tables, table)
    for (const kind of ['indexes', 'constraints', 'triggers', 'policies', 'rules']) this[kind] = this[kind].filter(o => o.table !== table)
  }
  maybe(p, text) { return this.random.chance(p) ? text : '' }
  behaviour() { return this.random.pick(['', '', ' CASCADE', ' RESTRICT']) }
  ifExists() { return this.maybe(0.25, 'IF EXISTS ') }
  ifNotExists() { return this.maybe(0.15, 'IF NOT EXISTS ') }
}
