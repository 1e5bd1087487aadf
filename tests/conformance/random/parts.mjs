// parts.mjs - random parts of a schema: fields, defaults, keys, indexes, enums, relations. Used to make schemas and to edit them.
//
// What no server can build (a hash index on two columns, a B-tree on points) is not drawn on purpose; the driver counts what slips through.
import { dbName } from './schema.mjs'
import { drawType, listExprs, literalsOf, typeOf, unsupported } from './types.mjs'

const clientSide = ['uuid()', 'uuid(7)', 'cuid()', 'cuid(2)', 'ulid()', 'nanoid()', 'nanoid(12)']

export class Parts {
  constructor(r, names) { this.r = r; this.names = names }

  place(schema) { return schema.schemas ? this.r.pick(schema.schemas) : undefined }

  // --- fields and defaults

  setType(schema, field) {
    const r = this.r
    field.scalar = field.native = field.enum = field.unsupported = null
    if (schema.enums.length && r.chance(0.15)) field.enum = r.pick(schema.enums)
    else if (r.chance(0.05)) field.unsupported = r.pick(unsupported.filter(u => !u.known || r.chance(0.1))).sql
    else Object.assign(field, drawType(r))
    if (typeOf(field).citext && !schema.citext) field.native = null
    if (['Char', 'Bit'].includes(field.native?.name) && !field.native.args.length && !this.names.taste.loose) field.native.args = [1]
  }

  setDefault(field, chance = 1) {
    field.dflt = this.r.chance(chance) ? this.drawDefault(field) : null
  }

  drawDefault(field) {
    const r = this.r
    if (field.arity === 'list') return this.listDefault(field)
    const exprs = this.exprsOf(typeOf(field))
    const expression = type => type.exprs?.length && exprs.length && r.chance(0.98) ? { kind: 'expression', text: r.pick(exprs) } : r.chance(0.1) ? { kind: 'function', text: 'dbgenerated()' } : null
    if (field.unsupported) return expression(typeOf(field))
    if (field.enum) {
      const value = r.pick(field.enum.values)
      return r.chance(0.9) ? { kind: 'value', value } : { kind: 'expression', text: `'${dbName(value).replaceAll("'", "''")}'` }
    }
    const type = typeOf(field)
    if (type.auto && r.chance(0.15) && field.arity === 'required') return { kind: 'function', text: 'autoincrement()' }
    if (type.now && r.chance(0.4)) return { kind: 'function', text: 'now()' }
    if (type.text && r.chance(0.15)) return { kind: 'function', text: r.pick(clientSide) }
    if (r.chance(0.3)) return expression(type)
    if (type.native === 'Uuid' && !this.names.taste.loose) return expression(type)
    return { kind: 'literal', text: r.pick(literalsOf(field)) }
  }

  exprsOf(type) { return this.names.taste.loose ? type.exprs ?? [] : type.canon ?? [] }

  listDefault(field) {
    const r = this.r
    if (field.unsupported) return null
    if (field.enum) return { kind: 'values', values: r.some(field.enum.values, r.between(0, 2)) }
    const exprs = field.native ? null : listExprs[field.scalar]
    if (exprs && this.names.taste.loose && r.chance(0.3)) return { kind: 'expression', text: r.pick(exprs) }
    if (['BigInt', 'Uuid', 'Money'].includes(field.native?.name ?? field.scalar) && !this.names.taste.loose) return null // cast one by one when stored
    return { kind: 'list', items: r.some(literalsOf(field), r.pick([0, 0, 1, 2, 3])) }
  }

  field(schema, chanceOfMap = 0.2) {
    const r = this.r, name = this.names.field()
    const field = { name, map: r.chance(chanceOfMap) ? this.names.database(name) : undefined, arity: r.weighted([[6, 'required'], [3, 'optional'], [1.5, 'list']]) }
    this.setType(schema, field)
    this.setDefault(field, 0.35)
    if (field.scalar === 'DateTime' && field.arity !== 'list' && !field.dflt && r.chance(0.2)) field.updatedAt = true
    if (!field.unsupported && r.chance(0.02)) field.ignore = true
    return field
  }

  // --- keys and indexes

  bears(method) { return f => f.arity === 'list' ? method === 'BTree' : !(typeOf(f).no ?? []).includes(method) }
  keyable(model) { return model.fields.filter(f => f.arity === 'required' && !f.unsupported && !f.ignore && this.bears('BTree')(f)) }

  idField(schema) {
    const r = this.r
    const field = { name: this.names.fresh('id'), arity: 'required' }
    if (r.chance(0.15)) field.map = this.names.database(field.name)
    do this.setType(schema, field); while (field.unsupported || field.enum && !r.chance(0.3) || !this.bears('BTree')(field) || !['Int', 'String', 'BigInt'].includes(field.scalar ?? 'Int') && !r.chance(0.1))
    if (typeOf(field).auto && r.chance(0.6)) field.dflt = { kind: 'function', text: 'autoincrement()' }
    else if (r.chance(0.2)) this.setDefault(field)
    return field
  }

  where(schema, model) {
    const r = this.r
    if (!schema.features.includes('partialIndexes') || !r.chance(0.35)) return null
    const fields = model.fields.filter(f => f.arity !== 'list' && !f.unsupported && !f.ignore)
    if (!fields.length) return null
    const field = r.pick(fields)
    const part = f => r.chance(0.3) || f.scalar === 'Json' || !this.comparable(f) ? { field: f, not: r.chance(0.5) } : this.condition(f)
    if (r.chance(0.5)) return { kind: 'object', parts: r.some(fields, r.between(1, 2)).map(part) }
    return { kind: 'raw', field, text: this.predicate(field) }
  }

  comparable(f) { return f.enum || ['Int', 'BigInt', 'Boolean', 'String'].includes(f.scalar) && !typeOf(f).bits && !['Xml', 'Uuid', 'Inet', 'Oid'].includes(f.native?.name) }

  condition(f) {
    const r = this.r, not = r.chance(0.3)
    if (f.enum) return { field: f, not, value: '', enumValue: r.pick(f.enum.values) }
    return { field: f, not, value: f.scalar === 'Boolean' ? r.pick(['true', 'false']) : f.scalar === 'String' ? r.pick(['"a"', '"it\'s"', '""']) : r.pick(['1', '-1', '0', '100']) }
  }

  predicate(f) {
    const r = this.r
    if (f.scalar === 'Boolean') return r.pick(['$', 'NOT $', '$ = true', '$ IS TRUE', '($)'])
    if (f.scalar === 'Int' && !f.native) return r.pick(['$ > 0', '$ = -1', '$ IN (1, 2)', '$ <> 5', '$ BETWEEN 1 AND 9', '($ + 1) > 2', 'abs($) < 5 OR $ IS NULL'])
    if (f.scalar === 'String' && !f.native) return r.pick(["$ = 'a'", "$ <> ''", "lower($) = 'x'", "$ LIKE 'a%'", "$ IN ('a', 'b')", "length($) > 1", "$ ~ '^a'", "$ = 'a' AND $ IS NOT NULL"])
    if (f.scalar === 'DateTime' && f.native === null) return r.pick(["$ > '2020-01-01'", '$ IS NULL'])
    return r.pick(['$ IS NULL', '$ IS NOT NULL'])
  }

  map(base) { return this.r.chance(0.15) ? this.names.constraint(base) : undefined }
  sort() { return this.r.chance(0.2) ? this.r.pick(['Asc', 'Desc']) : undefined }

  unique(schema, model) {
    const r = this.r, fields = model.fields.filter(f => !f.ignore && this.bears('BTree')(f))
    if (!fields.length) return null
    const parts = r.some(fields, r.weighted([[2, 1], [3, 2], [1, 3]])).map(field => ({ field, sort: this.sort() }))
    return { parts, map: this.map('uq'), name: parts.length > 1 && r.chance(0.1) ? this.names.fresh('key') : undefined, where: this.where(schema, model) }
  }

  index(schema, model) {
    const r = this.r, type = r.weighted([[7, 'BTree'], [1.5, 'Hash'], [1, 'Gin'], [0.6, 'Gist'], [0.7, 'SpGist'], [1, 'Brin']])
    const index = { type: type === 'BTree' && r.chance(0.9) ? undefined : type, map: this.map('ix'), where: this.where(schema, model) }
    const visible = model.fields.filter(f => !f.ignore)
    const parts = this[`parts${type}`](r, visible)
    if (!parts?.length) return null
    return { ...index, parts }
  }

  partsBTree(r, fields) {
    return r.some(fields.filter(this.bears('BTree')), r.weighted([[4, 1], [3, 2], [1, 3]]))
      .map(field => ({ field, sort: this.sort(), ops: field.arity !== 'list' && field.scalar === 'String' && !field.native && r.chance(0.1) ? 'raw("text_pattern_ops")' : undefined }))
  }

  partsHash(r, fields) { return r.some(fields.filter(f => f.arity !== 'list' && !f.unsupported && this.bears('Hash')(f)), 1).map(field => ({ field })) }

  partsGin(r, fields) {
    const good = fields.filter(f => f.arity === 'list' && !f.unsupported && this.bears('BTree')({ ...f, arity: 'required' }) || f.arity !== 'list' && typeOf(f).jsonb)
    return r.some(good, r.between(1, 2)).map(field => ({ field, ops: !r.chance(0.4) ? undefined : field.arity === 'list' ? 'ArrayOps' : r.pick(['JsonbOps', 'JsonbPathOps', 'raw("jsonb_path_ops")']) }))
  }

  partsGist(r, fields) {
    const good = fields.filter(f => f.arity !== 'list' && (typeOf(f).inet || ['point', 'box', 'circle', 'int4range', 'daterange', 'tsvector'].includes(f.unsupported)))
    return r.some(good, 1).map(field => ({ field, ops: typeOf(field).inet ? r.pick(['InetOps', 'raw("inet_ops")']) : undefined }))
  }

  partsSpGist(r, fields) {
    const good = fields.filter(f => f.arity !== 'list' && (typeOf(f).inet || f.scalar === 'String' && [undefined, 'Text', 'VarChar'].includes(f.native?.name)))
    return r.some(good, 1).map(field => ({ field, ops: r.chance(0.5) ? undefined : typeOf(field).inet ? 'InetOps' : 'TextOps' }))
  }

  partsBrin(r, fields) {
    return r.some(fields.filter(f => f.arity !== 'list' && typeOf(f).brin), r.between(1, 2)).map(field => {
      const base = typeOf(field).brin, two = ['Text', 'Bpchar', 'Bytea'].includes(base), one = ['Bit', 'VarBit'].includes(base)
      const kinds = one ? ['MinMaxOps'] : two ? ['BloomOps', 'MinMaxOps'] : ['BloomOps', 'MinMaxOps', 'MinMaxMultiOps']
      return { field, ops: r.chance(0.5) ? `${base}${r.pick(kinds)}` : undefined }
    })
  }

  // --- enums and models

  enumeration(schema) {
    const r = this.r, name = this.names.enumeration()
    return { name, map: r.chance(0.2) ? this.names.database(name) : undefined, schema: this.place(schema), values: Array.from({ length: r.between(1, 5) }, () => this.value()) }
  }

  value() {
    const name = this.names.value()
    return { name, map: this.r.chance(0.15) ? this.names.database(name) : undefined }
  }

  model(schema) {
    const r = this.r, name = this.names.model()
    const model = { name, map: r.chance(0.25) ? this.names.database(name) : undefined, schema: this.place(schema), fields: [], id: null, uniques: [], indexes: [] }
    const id = this.idField(schema)
    id.id = { map: this.map('pk') }
    model.fields.push(id)
    for (let n = r.between(1, 7); n > 0; n--) model.fields.push(this.field(schema))
    if (r.chance(0.15)) this.otherKey(model)
    for (const f of model.fields) if (!f.id && !f.ignore && r.chance(0.08) && this.bears('BTree')(f)) f.unique = { map: this.map('uq'), sort: this.sort(), where: this.where(schema, model) }
    for (let n = r.weighted([[4, 0], [2, 1], [1, 2]]); n > 0; n--) model.uniques.push(this.unique(schema, model))
    for (let n = r.weighted([[4, 0], [3, 1], [2, 2]]); n > 0; n--) model.indexes.push(this.index(schema, model))
    model.uniques = model.uniques.filter(Boolean)
    model.indexes = model.indexes.filter(Boolean)
    if (r.chance(0.03)) model.ignore = true
    if (model.ignore) model.fields.forEach(f => { delete f.ignore })
    return model
  }

  // The key is one of several fields, or there is none but a unique. False: no field can be a key.
  otherKey(model) {
    const r = this.r
    for (const f of model.fields) f.id = null
    const fields = this.keyable(model)
    if (!fields.length) return false
    if (fields.length >= 2 && r.chance(0.7)) model.id = { fields: r.some(fields, r.between(2, Math.min(3, fields.length))), map: this.map('pk'), name: r.chance(0.1) ? this.names.fresh('pk') : undefined }
    else if (r.chance(0.5)) r.pick(fields).unique = { map: this.map('uq') }
    else r.pick(fields).id = { map: this.map('pk') }
  }

  // --- relations

  // What a model can be referenced by.
  criteria(model) {
    const own = model.fields.filter(f => (f.id || f.unique && !f.unique.where) && !f.unsupported && f.arity !== 'list').map(f => [f])
    const compound = [model.id?.fields, ...model.uniques.filter(u => !u.where).map(u => u.parts.map(p => p.field))]
    return [...own, ...compound.filter(c => c && c.every(f => !f.unsupported && f.arity !== 'list' && !f.ignore))]
  }

  relation(schema, from = this.r.pick(schema.models), to = this.r.pick(schema.models)) {
    const r = this.r, again = from === to || schema.relations.some(rel => [rel.from, rel.to].includes(from) && [rel.from, rel.to].includes(to))
    const rel = { kind: r.weighted([[6, '1n'], [2, '11'], [2, 'nm']]), from, to, fromField: this.names.fresh('rel'), toField: this.names.fresh('back'),
      name: again || r.chance(0.2) ? this.names.relation() : undefined }
    if (rel.kind === 'nm') return this.single(from) && this.single(to) ? rel : null
    const criteria = this.criteria(to)
    if (!criteria.length) return null
    rel.refs = r.shuffled(r.pick(criteria))
    this.addKeyFields(rel)
    this.setActions(rel)
    if (r.chance(0.15)) rel.map = this.names.constraint('fk')
    return rel
  }

  single(model) { return model.fields.some(f => f.id && !f.unsupported) }

  setActions(rel) {
    const r = this.r, all = ['Cascade', 'Restrict', 'NoAction', 'SetNull', 'SetDefault']
    rel.onDelete = r.chance(0.4) ? r.pick(all) : undefined
    rel.onUpdate = r.chance(0.25) ? r.pick(all) : undefined
  }

  // The referencing fields: those that are there and fit, or new ones after the pattern of the referenced.
  addKeyFields(rel) {
    const r = this.r, arity = r.chance(0.4) ? 'optional' : 'required', used = []
    rel.fields = rel.refs.map(ref => {
      const fits = rel.from.fields.filter(f => !rel.refs.includes(f) && !used.includes(f) && !f.ignore && f.arity !== 'list' && f.enum === ref.enum && f.scalar === ref.scalar && JSON.stringify(f.native) === JSON.stringify(ref.native))
      let field = fits.length && r.chance(0.3) ? r.pick(fits) : undefined
      if (!field) {
        const name = this.names.field()
        field = { name, arity, scalar: ref.scalar, native: ref.native, enum: ref.enum, unsupported: null, map: r.chance(0.15) ? this.names.database(name) : undefined }
        if (r.chance(0.1)) this.setDefault(field)
        if (field.dflt?.text === 'autoincrement()') field.dflt = null
        rel.from.fields.push(field)
      }
      used.push(field)
      return field
    })
    if (rel.kind === '11') this.makeUnique(rel)
    else if (r.chance(0.5)) rel.from.indexes.push({ parts: rel.fields.map(field => ({ field })), map: this.map('ix') })
  }

  makeUnique(rel) {
    const [only] = rel.fields
    if (rel.fields.length > 1) rel.from.uniques.push({ parts: rel.fields.map(field => ({ field })) })
    else if (!only.id && !only.unique) only.unique = { map: this.map('uq') }
    else if (only.unique) only.unique.where = null
  }
}
