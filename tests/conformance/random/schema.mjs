// schema.mjs - a schema as plain objects, and its text.
//
//   schema: { schemas, features, relationMode, extensions, enums, models, relations }
//   model:  { name, map, schema, ignore, hint, fields, id, uniques, indexes }       id: { fields, map, name } of several fields
//   field:  { name, map, hint, scalar + native | enum | unsupported, arity, dflt, id, unique, updatedAt, ignore }
//   index:  { parts: [{ field, sort, ops }], map, name, type, where }               uniques likewise
//   relation: { kind: '1n' | '11' | 'nm', name, from, to, fields, refs, fromField, toField, onDelete, onUpdate, map }
//
// Things point at each other as objects, never by name, so that a rename is one assignment; structuredClone copies the whole.

export const dbName = thing => thing.map ?? thing.name
const quote = JSON.stringify
const list = names => `[${names.join(', ')}]`
const args = parts => { const given = parts.filter(Boolean); return given.length ? `(${given.join(', ')})` : '' }
const identifier = name => `"${name.replaceAll('"', '""')}"`

function typeText(field) {
  const base = field.unsupported ? `Unsupported(${quote(field.unsupported)})` : field.enum?.name ?? field.scalar
  return base + { required: '', optional: '?', list: '[]' }[field.arity]
}

function defaultText(d) {
  if (d.kind === 'values') return list(d.values.map(v => v.name))
  return d.kind === 'value' ? d.value.name : d.kind === 'list' ? list(d.items) : d.kind === 'expression' ? `dbgenerated(${quote(d.text)})` : d.text
}

const literal = w => w.value === undefined ? 'null' : w.enumValue ? quote(dbName(w.enumValue)) : w.value
function whereText(where) {
  if (!where) return ''
  if (where.kind === 'object') return `where: { ${where.parts.map(p => `${p.field.name}: ${p.not ? `{ not: ${literal(p)} }` : literal(p)}`).join(', ')} }`
  return `where: raw(${quote(where.text.replaceAll('$', () => identifier(dbName(where.field))))})`
}

const uniqueArgs = u => args([u.map && `map: ${quote(u.map)}`, u.sort && `sort: ${u.sort}`, whereText(u.where)])
const nativeText = n => `@db.${n.name}${n.args.length ? `(${n.args.join(', ')})` : ''}`
const hintText = (hint, indent) => hint ? `${indent}/// @renamedFrom(${hint})\n` : ''

function fieldText(field) {
  return hintText(field.hint, '  ') + '  ' + [
    field.name, typeText(field), field.id && `@id${args([field.id.map && `map: ${quote(field.id.map)}`])}`,
    field.unique && `@unique${uniqueArgs(field.unique)}`, field.dflt && `@default(${defaultText(field.dflt)})`,
    field.updatedAt && '@updatedAt', field.map && `@map(${quote(field.map)})`, field.native && nativeText(field.native), field.ignore && '@ignore',
  ].filter(Boolean).join(' ')
}

const partText = p => p.field.name + args([p.sort && `sort: ${p.sort}`, p.ops && `ops: ${p.ops}`])
const keyText = (what, parts, k) => `  @@${what}(${[list(parts), k.map && `map: ${quote(k.map)}`, k.name && `name: ${quote(k.name)}`,
  k.type && `type: ${k.type}`, whereText(k.where)].filter(Boolean).join(', ')})`

function relationLines(schema, model) {
  const lines = []
  for (const rel of schema.relations) {
    const name = rel.name && quote(rel.name)
    const hidden = m => m.ignore && !model.ignore ? ' @ignore' : ''
    const plain = args([name]) && ` @relation${args([name])}`
    if (rel.kind === 'nm') {
      if (rel.from === model) lines.push(`  ${rel.fromField} ${rel.to.name}[]${plain}${hidden(rel.to)}`)
      if (rel.to === model) lines.push(`  ${rel.toField} ${rel.from.name}[]${plain}${hidden(rel.from)}`)
      continue
    }
    if (rel.from === model) {
      const arity = rel.fields.some(f => f.arity === 'optional') ? '?' : ''
      lines.push(`  ${rel.fromField} ${rel.to.name}${arity} @relation${args([name, `fields: ${list(rel.fields.map(f => f.name))}`, `references: ${list(rel.refs.map(f => f.name))}`,
        rel.onDelete && `onDelete: ${rel.onDelete}`, rel.onUpdate && `onUpdate: ${rel.onUpdate}`, rel.map && `map: ${quote(rel.map)}`])}${hidden(rel.to)}`)
    }
    if (rel.to === model) lines.push(`  ${rel.toField} ${rel.from.name}${rel.kind === '11' ? '?' : '[]'}${plain}${hidden(rel.from)}`)
  }
  return lines
}

function modelText(schema, model) {
  const lines = [...model.fields.map(fieldText), ...relationLines(schema, model)]
  if (model.id) lines.push(keyText('id', model.id.fields.map(f => f.name), model.id))
  for (const u of model.uniques) lines.push(keyText('unique', u.parts.map(partText), u))
  for (const i of model.indexes) lines.push(keyText('index', i.parts.map(partText), i))
  if (model.map) lines.push(`  @@map(${quote(model.map)})`)
  if (model.ignore) lines.push('  @@ignore')
  if (schema.schemas) lines.push(`  @@schema(${quote(model.schema)})`)
  return `${hintText(model.hint, '')}model ${model.name} {\n${lines.join('\n')}\n}`
}

function enumText(schema, e) {
  const lines = e.values.map(v => `  ${v.name}${v.map ? ` @map(${quote(v.map)})` : ''}`)
  if (e.map) lines.push(`  @@map(${quote(e.map)})`)
  if (schema.schemas) lines.push(`  @@schema(${quote(e.schema)})`)
  return `enum ${e.name} {\n${lines.join('\n')}\n}`
}

export function schemaText(schema) {
  const source = ['datasource db {', '  provider = "postgresql"']
  if (schema.relationMode) source.push(`  relationMode = ${quote(schema.relationMode)}`)
  if (schema.schemas) source.push(`  schemas = ${list(schema.schemas.map(quote))}`)
  if (schema.extensions.length) source.push(`  extensions = ${list(schema.extensions)}`)
  source.push('}')
  const features = schema.features.length ? `generator client {\n  provider = "prisma-client-js"\n  previewFeatures = ${list(schema.features.map(quote))}\n}` : ''
  return [features, source.join('\n'), ...schema.models.map(m => modelText(schema, m)), ...schema.enums.map(e => enumText(schema, e))]
    .filter(Boolean).join('\n\n') + '\n'
}
