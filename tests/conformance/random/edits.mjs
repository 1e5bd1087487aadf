// edits.mjs - edits of a schema, of every kind. Each takes the schema apart in place; whether the result is valid others judge.
//
// An edit is a function of (schema, { r, names, parts }); it returns false when there is nothing it could do.
import { dbName } from './schema.mjs'
import { literalsOf, typeOf } from './types.mjs'

// --- what hangs on what

const keysOf = model => [...model.uniques, ...model.indexes]
const fieldsOf = schema => schema.models.flatMap(model => model.fields.map(field => ({ model, field })))
const plain = schema => fieldsOf(schema).filter(({ field }) => !field.id)

function dropRelation(schema, rel) { schema.relations = schema.relations.filter(x => x !== rel) }

function dropField(schema, model, field) {
  model.fields = model.fields.filter(f => f !== field)
  if (model.id) { model.id.fields = model.id.fields.filter(f => f !== field); if (model.id.fields.length < 2) model.id = null }
  for (const kind of ['uniques', 'indexes']) model[kind] = model[kind].filter(k => !k.parts.some(p => p.field === field) && !mentions(k.where, field))
  for (const f of model.fields) if (f.unique && mentions(f.unique.where, field)) f.unique.where = null
  for (const rel of schema.relations) if (rel.fields?.includes(field) || rel.refs?.includes(field)) dropRelation(schema, rel)
}

const mentions = (where, field) => where && (where.field === field || where.parts?.some(p => p.field === field))
const predicatesOf = model => [...keysOf(model), ...model.fields.map(f => f.unique)].filter(k => k?.where)

function forgetPredicates(model, field) { for (const k of predicatesOf(model)) if (mentions(k.where, field)) k.where = null }
function forgetClasses(model, field) { for (const k of keysOf(model)) for (const p of k.parts) if (p.field === field) delete p.ops }

// Fields that reference each other have one type.
function linked(schema, field) {
  const all = new Set([field])
  for (let size = 0; size !== all.size;) {
    size = all.size
    for (const rel of schema.relations) rel.fields?.forEach((f, i) => { if (all.has(f) || all.has(rel.refs[i])) all.add(f).add(rel.refs[i]) })
  }
  return [...all]
}

function retype(schema, model, field, { r, parts }, change) {
  const before = JSON.stringify([field.scalar, field.native, field.enum?.name, field.unsupported])
  change(field)
  if (before === JSON.stringify([field.scalar, field.native, field.enum?.name, field.unsupported])) return false
  const type = { scalar: field.scalar, native: field.native, enum: field.enum, unsupported: field.unsupported }
  for (const f of r.chance(0.9) ? linked(schema, field) : [field]) {
    Object.assign(f, type)
    if (f.dflt) f.dflt = f.dflt.text === 'autoincrement()' && typeOf(f).auto ? f.dflt : r.chance(0.6) ? parts.drawDefault(f) : null
    delete f.updatedAt
    for (const m of schema.models) if (m.fields.includes(f)) { forgetPredicates(m, f); if (r.chance(0.8)) forgetClasses(m, f) }
  }
}

// --- models

const models = {
  add(s, { parts, r }) { const m = parts.model(s); s.models.splice(r.below(s.models.length + 1), 0, m); if (r.chance(0.5)) { const rel = parts.relation(s, ...r.shuffled([m, r.pick(s.models)])); if (rel) s.relations.push(rel) } },
  drop(s, { r }) {
    if (s.models.length < 2) return false
    const model = r.pick(s.models)
    s.models = s.models.filter(m => m !== model)
    s.relations = s.relations.filter(rel => rel.from !== model && rel.to !== model)
  },
  rename(s, { r, names }) { const m = r.pick(s.models); m.name = names.model() },
  renameKeeping(s, { r, names }) { const m = r.pick(s.models); m.map = dbName(m); m.name = names.model() },
  remap(s, { r, names }) { const m = r.pick(s.models); m.map = r.chance(0.25) && m.map ? undefined : names.database(m.name) },
  hint(s, { r, names }) { const m = r.pick(s.models); if (/[)"]/.test(dbName(m))) return false; m.hint = dbName(m); m.name = names.model(); m.map = undefined },
  move(s, { r, parts }) { if (!s.schemas) return false; const m = r.pick(s.models), to = parts.place(s); if (to === m.schema) return false; m.schema = to },
  ignore(s, { r }) { const m = r.pick(s.models); m.ignore = !m.ignore; m.fields.forEach(f => { delete f.ignore }) },
  reorder(s, { r }) { if (s.models.length < 2) return false; s.models = r.shuffled(s.models) },
  again(s, { r, parts }) { // dropped, and another one of the same name made
    const old = r.pick(s.models), made = parts.model(s)
    Object.assign(made, { name: old.name, map: old.map, schema: old.schema })
    s.models[s.models.indexOf(old)] = made
    s.relations = s.relations.filter(rel => rel.from !== old && rel.to !== old)
  },
  swap(s, { r }) { if (s.models.length < 2) return false; const [a, b] = r.some(s.models, 2), [x, y] = [dbName(a), dbName(b)]; a.map = y; b.map = x },
}

// --- fields

const fields = {
  add(s, { r, parts }) { const m = r.pick(s.models); for (let n = r.between(1, 2); n > 0; n--) { const f = parts.field(s); if (m.ignore) delete f.ignore; m.fields.splice(r.below(m.fields.length + 1), 0, f) } },
  drop(s, { r }) { const { model, field } = r.pick(plain(s).length ? plain(s) : fieldsOf(s)); dropField(s, model, field) },
  rename(s, { r, names }) { r.pick(fieldsOf(s)).field.name = names.field() },
  renameKeeping(s, { r, names }) { const { field } = r.pick(fieldsOf(s)); field.map = dbName(field); field.name = names.field() },
  remap(s, { r, names }) { const { field } = r.pick(fieldsOf(s)); field.map = r.chance(0.25) && field.map ? undefined : names.database(field.name) },
  hint(s, { r, names }) { const { field } = r.pick(fieldsOf(s)); if (/[)"]/.test(dbName(field))) return false; field.hint = dbName(field); field.name = names.field(); field.map = undefined },
  swap(s, { r }) { const m = r.pick(s.models); if (m.fields.length < 2) return false; const [a, b] = r.some(m.fields, 2), [x, y] = [dbName(a), dbName(b)]; a.map = y; b.map = x },
  type(s, tools) { const { model, field } = tools.r.pick(fieldsOf(s)); return retype(s, model, field, tools, f => tools.parts.setType(s, f)) },
  native(s, tools) {
    const { model, field } = tools.r.pick(fieldsOf(s).filter(({ field }) => field.scalar).length ? fieldsOf(s).filter(({ field }) => field.scalar) : fieldsOf(s))
    if (!field.scalar) return false
    return retype(s, model, field, tools, f => { const scalar = f.scalar; for (let i = 0; i < 60; i++) { tools.parts.setType(s, f); if (f.scalar === scalar) return } })
  },
  arguments(s, { r, parts }) { // the same type, another length
    const sized = fieldsOf(s).filter(({ field }) => field.native?.args?.length)
    if (!sized.length) return false
    const { field } = r.pick(sized), was = field.native.name
    return retype(s, null, field, { r, parts }, f => { for (let i = 0; i < 300; i++) { parts.setType(s, f); if (f.native?.name === was) return } })
  },
  arity(s, { r, parts }) {
    const { model, field } = r.pick(plain(s).length ? plain(s) : fieldsOf(s))
    field.arity = r.weighted([[4, 'required'], [4, 'optional'], [2, 'list']].filter(([, a]) => a !== field.arity))
    if (field.dflt && (field.arity === 'list' || field.dflt.kind === 'list' || field.dflt.kind === 'values' || r.chance(0.2))) parts.setDefault(field, 0.5)
    if (field.arity === 'list') { delete field.updatedAt; forgetClasses(model, field); forgetPredicates(model, field) }
  },
  dflt(s, { r, parts }) { const { field } = r.pick(fieldsOf(s)); if (field.dflt && r.chance(0.3)) field.dflt = null; else parts.setDefault(field); if (field.dflt) delete field.updatedAt },
  spelling(s, { r }) { // a literal of the same or nearly the same value
    const all = fieldsOf(s).filter(({ field }) => field.dflt?.kind === 'literal')
    if (!all.length) return false
    const { field } = r.pick(all)
    field.dflt = { kind: 'literal', text: r.pick(literalsOf(field)) }
  },
  auto(s, { r }) {
    const able = fieldsOf(s).filter(({ field }) => typeOf(field).auto && field.arity === 'required')
    if (!able.length) return false
    const { field } = r.pick(able)
    field.dflt = field.dflt?.text === 'autoincrement()' ? (r.chance(0.3) ? { kind: 'literal', text: '7' } : null) : { kind: 'function', text: 'autoincrement()' }
  },
  autoAndType(s, tools) { // counts, and gets another width
    const able = fieldsOf(s).filter(({ field }) => field.dflt?.text === 'autoincrement()')
    if (!able.length) return false
    const { model, field } = tools.r.pick(able)
    return retype(s, model, field, tools, f => Object.assign(f, tools.r.pick([{ scalar: 'Int', native: null }, { scalar: 'BigInt', native: null }, { scalar: 'Int', native: { name: 'SmallInt', args: [] } }])))
  },
  updatedAt(s, { r }) { const all = fieldsOf(s).filter(({ field }) => field.scalar === 'DateTime' && field.arity !== 'list'); if (!all.length) return false; const { field } = r.pick(all); field.updatedAt = !field.updatedAt },
  ignore(s, { r }) { const { model, field } = r.pick(fieldsOf(s)); if (model.ignore || field.unsupported) return false; field.ignore = !field.ignore },
  reorder(s, { r }) { const m = r.pick(s.models); m.fields = r.shuffled(m.fields) },
  again(s, { r, parts }) { const { model, field } = r.pick(plain(s).length ? plain(s) : fieldsOf(s)); const made = Object.assign(parts.field(s), { name: field.name, map: field.map }); dropField(s, model, field); if (model.ignore) delete made.ignore; model.fields.push(made) },
}

// --- enums

const anEnum = (s, { r }) => s.enums.length ? r.pick(s.enums) : null
const uses = (s, e) => fieldsOf(s).filter(({ field }) => field.enum === e)

function forgetValue(s, e, value, { r }) {
  for (const { model, field } of uses(s, e)) {
    if (field.dflt?.value === value || field.dflt?.text?.includes(dbName(value))) field.dflt = r.chance(0.5) ? { kind: 'value', value: r.pick(e.values) } : null
    if (field.dflt?.kind === 'values') field.dflt.values = field.dflt.values.filter(v => v !== value)
    for (const k of predicatesOf(model)) if (k.where.parts?.some(p => p.enumValue === value)) k.where = null
  }
}

const enums = {
  add(s, { r, parts }) { const e = parts.enumeration(s); s.enums.push(e); for (const { model, field } of r.some(plain(s), r.between(0, 2))) retype(s, model, field, { r, parts }, f => Object.assign(f, { scalar: null, native: null, enum: e, unsupported: null })) },
  drop(s, tools) {
    const e = anEnum(s, tools)
    if (!e) return false
    s.enums = s.enums.filter(x => x !== e)
    for (const { model, field } of uses(s, e)) {
      if (tools.r.chance(0.4) && !field.id) dropField(s, model, field)
      else if (field.enum === e) retype(s, model, field, { ...tools, r: Object.assign(Object.create(tools.r), { chance: p => p === 0.9 || tools.r.chance(p) }) }, f => { do tools.parts.setType(s, f); while (f.enum === e || f.unsupported) })
    }
  },
  rename(s, tools) { const e = anEnum(s, tools); if (!e) return false; e.name = tools.names.enumeration() },
  renameKeeping(s, tools) { const e = anEnum(s, tools); if (!e) return false; e.map = dbName(e); e.name = tools.names.enumeration() },
  remap(s, tools) { const e = anEnum(s, tools); if (!e) return false; e.map = tools.r.chance(0.25) && e.map ? undefined : tools.names.database(e.name) },
  move(s, tools) { const e = anEnum(s, tools); if (!e || !s.schemas) return false; e.schema = tools.parts.place(s) },
  addValue(s, tools) {
    const e = anEnum(s, tools)
    if (!e) return false
    for (let n = tools.r.weighted([[3, 1], [1, 2]]); n > 0; n--) e.values.splice(tools.r.chance(0.6) ? e.values.length : tools.r.below(e.values.length + 1), 0, tools.parts.value())
    const users = uses(s, e)
    if (users.length && tools.r.chance(0.4)) tools.parts.setDefault(tools.r.pick(users).field)
  },
  removeValue(s, tools) {
    const e = anEnum(s, tools)
    if (!e || e.values.length < 2) return false
    const value = tools.r.pick(e.values)
    e.values = e.values.filter(v => v !== value)
    forgetValue(s, e, value, tools)
  },
  renameValue(s, tools) { const e = anEnum(s, tools); if (!e) return false; const v = tools.r.pick(e.values); v.name = tools.names.value() },
  remapValue(s, tools) { const e = anEnum(s, tools); if (!e) return false; const v = tools.r.pick(e.values); v.map = tools.r.chance(0.3) && v.map ? undefined : tools.names.database(v.name) },
  exchangeValue(s, tools) { enums.removeValue(s, tools); return enums.addValue(s, tools) },
  order(s, tools) { const e = anEnum(s, tools); if (!e) return false; e.values = tools.r.shuffled(e.values) },
  other(s, tools) { // a field goes from one enum to another
    const users = fieldsOf(s).filter(({ field }) => field.enum)
    if (!users.length || s.enums.length < 2) return false
    const { model, field } = tools.r.pick(users)
    return retype(s, model, field, tools, f => { f.enum = tools.r.pick(s.enums.filter(e => e !== f.enum)) })
  },
  again(s, tools) { const e = anEnum(s, tools); if (!e) return false; const old = e.values; e.values = tools.parts.enumeration(s).values; for (const v of old) forgetValue(s, e, v, tools) },
  asModel(s, tools) { // a model takes the name an enum had
    const e = anEnum(s, tools)
    if (!e || enums.drop(s, { ...tools, r: tools.r }) === false) return false
    const gone = e
    if (s.enums.includes(gone)) return false
    models.add(s, tools)
    Object.assign(tools.r.pick(s.models.filter(m => !m.map)) ?? {}, { map: dbName(gone) })
  },
}

// --- keys, uniques, indexes

const keys = {
  id(s, { r, parts }) { const m = r.pick(s.models); m.id = null; return parts.otherKey(m) },
  idMap(s, { r, names }) { const m = r.pick(s.models), key = m.id ?? m.fields.find(f => f.id)?.id; if (!key) return false; key.map = key.map && r.chance(0.5) ? undefined : names.constraint('pk') },
  idOrder(s, { r }) { const all = s.models.filter(m => m.id); if (!all.length) return false; const m = r.pick(all); m.id.fields = r.shuffled(m.id.fields) },
  idMoves(s, { r, parts }) {
    const m = r.pick(s.models), made = parts.idField(s)
    if (m.id || s.relations.some(rel => rel.refs?.some(f => m.fields.includes(f)))) return false
    for (const f of m.fields) f.id = null
    made.id = {}
    m.fields.unshift(made)
  },
  idBecomesUnique(s, { r }) { const m = r.pick(s.models), f = m.fields.find(x => x.id); if (!f) return false; f.id = null; f.unique ??= {} },
  uniqueBecomesId(s, { r }) {
    const able = s.models.filter(m => !m.id && !m.fields.some(f => f.id) && m.fields.some(f => f.unique && f.arity === 'required'))
    if (!able.length) return false
    const f = r.pick(r.pick(able).fields.filter(x => x.unique && x.arity === 'required'))
    f.id = {}
    if (r.chance(0.8)) f.unique = null
  },
  addUnique(s, { r, parts }) { const m = r.pick(s.models), u = parts.unique(s, m); if (!u) return false; m.uniques.push(u) },
  dropUnique(s, { r }) { const all = s.models.filter(m => m.uniques.length); if (!all.length) return false; const m = r.pick(all); m.uniques.splice(r.below(m.uniques.length), 1) },
  fieldUnique(s, { r, parts }) { const { field } = r.pick(fieldsOf(s)); if (field.unique) field.unique = null; else { if (field.ignore || !parts.bears('BTree')(field)) return false; field.unique = { map: parts.map('uq'), sort: parts.sort() } } },
  addIndex(s, { r, parts }) { const m = r.pick(s.models), i = parts.index(s, m); if (!i) return false; m.indexes.push(i) },
  dropIndex(s, { r }) { const all = s.models.filter(m => m.indexes.length); if (!all.length) return false; const m = r.pick(all); m.indexes.splice(r.below(m.indexes.length), 1) },
  replaceIndex(s, { r, parts }) { // another index under the old one's name
    const all = s.models.filter(m => m.indexes.length)
    if (!all.length) return false
    const m = r.pick(all), at = r.below(m.indexes.length), made = parts.index(s, m)
    if (!made) return false
    m.indexes[at] = { ...made, map: r.chance(0.5) ? m.indexes[at].map : made.map }
  },
  rename(s, { r, names }) { const all = s.models.flatMap(m => [...keysOf(m), ...m.fields.map(f => f.unique).filter(Boolean)]); if (!all.length) return false; const k = r.pick(all); k.map = k.map && r.chance(0.4) ? undefined : names.constraint('ix') },
  swap(s, { r }) { const all = s.models.flatMap(keysOf).filter(k => k.map); if (all.length < 2) return false; const [a, b] = r.some(all, 2); [a.map, b.map] = [b.map, a.map] },
  nameGoesElsewhere(s, { r, parts }) { // the name of an index that goes, for another table's
    const all = s.models.filter(m => keysOf(m).some(k => k.map))
    if (!all.length) return false
    const m = r.pick(all), k = r.pick(keysOf(m).filter(x => x.map)), other = r.pick(s.models), made = parts.index(s, other)
    if (!made) return false
    made.map = k.map
    k.map = undefined
    other.indexes.push(made)
  },
  sort(s, { r, parts }) { const all = s.models.flatMap(keysOf).filter(k => !k.type || k.type === 'BTree'); if (!all.length) return false; r.pick(r.pick(all).parts).sort = parts.sort() },
  order(s, { r }) { const all = s.models.flatMap(keysOf).filter(k => k.parts.length > 1); if (!all.length) return false; const k = r.pick(all); k.parts = r.shuffled(k.parts) },
  where(s, { r, parts }) { const m = r.pick(s.models); if (!keysOf(m).length) return false; const k = r.pick(keysOf(m)); k.where = parts.where(s, m) },
  method(s, { r }) { const all = s.models.flatMap(m => m.indexes).filter(i => i.parts.length === 1); if (!all.length) return false; const i = r.pick(all); i.type = r.pick([undefined, 'Hash', 'Brin', 'BTree']); delete i.parts[0].ops; if (i.type) delete i.parts[0].sort },
  listing(s, { r }) { const m = r.pick(s.models); m.indexes = r.shuffled(m.indexes); m.uniques = r.shuffled(m.uniques) },
}

// --- relations

const owning = s => s.relations.filter(rel => rel.kind !== 'nm')

const relations = {
  add(s, { parts }) { const rel = parts.relation(s); if (!rel) return false; s.relations.push(rel) },
  drop(s, { r }) { if (!s.relations.length) return false; const rel = r.pick(s.relations); dropRelation(s, rel); if (rel.fields && r.chance(0.5)) for (const f of rel.fields) if (rel.from.fields.includes(f)) dropField(s, rel.from, f) },
  actions(s, { r, parts }) { const all = owning(s); if (!all.length) return false; parts.setActions(r.pick(all)) },
  map(s, { r, names }) { const all = owning(s); if (!all.length) return false; const rel = r.pick(all); rel.map = rel.map && r.chance(0.4) ? undefined : names.constraint('fk') },
  name(s, { r, names }) { const all = s.relations.filter(rel => rel.name || rel.kind === 'nm'); if (!all.length) return false; r.pick(all).name = names.relation() },
  swap(s, { r }) { const all = owning(s).filter(rel => rel.map); if (all.length < 2) return false; const [a, b] = r.some(all, 2); [a.map, b.map] = [b.map, a.map] },
  optional(s, { r }) { const all = owning(s); if (!all.length) return false; const rel = r.pick(all), arity = rel.fields[0].arity === 'optional' ? 'required' : 'optional'; if (rel.fields.some(f => f.id || rel.from.id?.fields.includes(f))) return false; for (const f of rel.fields) f.arity = arity },
  kind(s, { r, parts }) {
    const all = owning(s)
    if (!all.length) return false
    const rel = r.pick(all)
    rel.kind = rel.kind === '11' ? '1n' : '11'
    if (rel.kind === '11') parts.makeUnique(rel)
    else if (rel.fields.length === 1 && r.chance(0.7)) rel.fields[0].unique = null
  },
  retarget(s, { r, parts }) { const all = owning(s); if (!all.length) return false; const rel = r.pick(all), from = rel.from; dropRelation(s, rel); const made = parts.relation(s, from); if (!made) return false; if (rel.map) made.map = rel.map; s.relations.push(made) },
  turn(s, { r }) { const all = owning(s).filter(rel => rel.fields.length === 1 && rel.from !== rel.to); if (!all.length) return false; const rel = r.pick(all); rel.refs = [...rel.refs].reverse() },
  explicit(s, { r, names }) { // the join table becomes a model
    const all = s.relations.filter(rel => rel.kind === 'nm')
    if (!all.length) return false
    const rel = r.pick(all), ids = [rel.from, rel.to].map(m => m.fields.find(f => f.id))
    const table = rel.name ? `_${rel.name}` : `_${[rel.from.name, rel.to.name].sort().join('To')}`
    const [a, b] = ids.map((id, i) => ({ name: 'AB'[i], arity: 'required', scalar: id.scalar, native: id.native, enum: id.enum, unsupported: null }))
    const model = { name: names.model(), map: r.chance(0.6) ? table : undefined, schema: rel.from.schema, fields: [a, b], id: { fields: [a, b] }, uniques: [], indexes: [{ parts: [{ field: b }] }] }
    dropRelation(s, rel)
    s.models.push(model)
    for (const [to, fk, ref] of [[rel.from, a, ids[0]], [rel.to, b, ids[1]]])
      s.relations.push({ kind: '1n', name: names.relation(), from: model, to, fields: [fk], refs: [ref], fromField: names.fresh('rel'), toField: names.fresh('back') })
  },
}

// --- the whole

const whole = {
  relationMode(s) { s.relationMode = s.relationMode ? undefined : 'prisma' },
  partial(s, { r }) { if (!s.features.includes('partialIndexes')) { s.features.push('partialIndexes'); return } if (s.models.some(m => predicatesOf(m).length) || !r.chance(0.3)) return false; s.features = s.features.filter(f => f !== 'partialIndexes') },
  addSchema(s, { r }) { if (!s.schemas) return false; const spare = ['auth', 'shop', 'Audit Log'].filter(x => !s.schemas.includes(x)); if (!spare.length) return false; s.schemas.push(r.pick(spare)) },
  extension(s, { r }) { if (!s.features.includes('postgresqlExtensions')) return false; const spare = ['pg_trgm', 'hstore'].filter(x => !s.extensions.includes(x)); if (spare.length && r.chance(0.6)) s.extensions.push(r.pick(spare)); else s.extensions = s.extensions.filter(x => x === 'citext' || r.chance(0.5)) },
  enumOrder(s, { r }) { if (s.enums.length < 2) return false; s.enums = r.shuffled(s.enums) },
}

const weighted = [[3, models], [8, fields], [4, enums], [4, keys], [3, relations], [0.5, whole]]
const rare = { hint: 0.3, swap: 0.3, ignore: 0.3, reorder: 0.4, renameKeeping: 0.5, updatedAt: 0.3, relationMode: 0.3, asModel: 0.5, listing: 0.4, remap: 0.5 }
const groupNames = new Map([[models, 'model'], [fields, 'field'], [enums, 'enum'], [keys, 'key'], [relations, 'relation'], [whole, 'schema']])

export function drawEdit(r) {
  const group = r.weighted(weighted)
  const name = r.weighted(Object.keys(group).map(k => [rare[k] ?? 1, k]))
  return { label: `${groupNames.get(group)}.${name}`, apply: group[name] }
}
