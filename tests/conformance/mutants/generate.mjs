// generate.mjs - small schemas that are right, each with some of the language's features, by chance alone.
import { actions, defaults, listDefaults, natives, scalars } from './words.mjs'

const modelNames = ['User', 'Post', 'Tag', 'Order', 'Item', 'Profile', 'Team', 'Account', 'Place', 'Größe', 'log_entry']
const fieldNames = ['name', 'title', 'amount', 'active', 'createdAt', 'data', 'note', 'rank', 'score', 'blob', 'kind', 'état', 'a', 'b_c', 'X', 'class', 'model']
const enumNames = ['Role', 'Status', 'Colour']
const enumValues = ['ADMIN', 'USER', 'GUEST', 'open', 'Closed', 'x_1']

const lower = s => s[0].toLowerCase() + s.slice(1)

// --- single fields --------------------------------------------------------------------------------------

function defaultOf(r, scalar, arity) {
  if (arity === '[]') return r.pick(listDefaults[scalar])
  return r.pick(defaults[scalar].filter(d => arity === '' || !d.startsWith('autoincrement')))
}

function scalarField(r, name, taken) {
  const scalar = r.pick(scalars)
  const arity = r.pick(['', '', '?', '[]'])
  const attributes = []
  const native = r.chance(0.35) ? r.pick(natives[scalar]) : undefined
  const makesUnique = r.chance(0.12) && native !== 'Xml'
  let dflt = r.chance(0.3) ? defaultOf(r, scalar, arity) : undefined
  if (dflt === 'autoincrement()' && taken.sequence) dflt = undefined
  taken.sequence ||= dflt === 'autoincrement()'
  if (dflt) attributes.push(`@default(${dflt})`)
  if (native) attributes.push(`@db.${native}`)
  if (makesUnique) attributes.push(r.pick(['@unique', `@unique(map: "${taken.table}_${name}_u")`, '@unique(sort: Desc)']))
  if (r.chance(0.1)) attributes.push(`@map("${name}_col")`)
  if (scalar === 'DateTime' && arity !== '[]' && r.chance(0.2)) attributes.push('@updatedAt')
  if (r.chance(0.04)) attributes.push('@ignore')
  return { name, scalar, arity, native, text: [name, scalar + arity, ...r.shuffled(attributes)].join(' '), isUnique: makesUnique, isIgnored: attributes.includes('@ignore') }
}

function enumField(r, name, e) {
  const arity = r.pick(['', '?', '[]'])
  const dflt = !r.chance(0.4) ? '' : arity === '[]' ? ` @default([${e.values[0]}])` : ` @default(${r.pick(e.values)})`
  return { name, scalar: e.name, arity, text: `${name} ${e.name}${arity}${dflt}` }
}

function otherField(r, name) {
  const arity = r.pick(['', '?', '[]'])
  const dflt = r.chance(0.3) ? ' @default(dbgenerated("1"))' : ''
  return { name, scalar: undefined, arity, text: `${name} Unsupported("${r.pick(['point', 'tsvector', 'box', 'interval'])}")${arity}${dflt}` }
}

// --- models ---------------------------------------------------------------------------------------------

function idOf(r, model) {
  const kind = r.pick(['auto', 'auto', 'uuid', 'big', 'plain', 'compound', 'unique'])
  const single = (scalar, rest) => model.fields.push({ name: 'id', scalar, arity: '', text: `id ${scalar} ${rest}` })
  model.key = ['id']
  if (kind === 'auto') single('Int', '@id @default(autoincrement())')
  if (kind === 'uuid') single('String', r.pick(['@id @default(uuid()) @db.Uuid', '@id @default(cuid())', `@id(map: "${model.table}_key") @default(nanoid())`]))
  if (kind === 'big') single('BigInt', '@id')
  if (kind === 'plain') single('Int', '@id @db.SmallInt')
  if (kind === 'unique') single('Int', '@unique')
  model.hasSingleId = !['compound', 'unique'].includes(kind)
  model.taken.sequence = kind === 'auto'
  if (kind !== 'compound') return
  model.fields.push({ name: 'site', scalar: 'Int', arity: '', text: 'site Int' }, { name: 'path', scalar: 'String', arity: '', text: 'path String' })
  model.attributes.push(r.pick(['@@id([site, path])', '@@id(fields: [site, path], name: "place")', `@@id([site, path], map: "${model.table}_pk")`]))
  model.key = ['site', 'path']
}

const indexable = f => f.native !== 'Xml' && f.scalar !== undefined
const jsonb = f => f.scalar === 'Json' && f.native !== 'Json' && f.arity !== '[]'

function indexOf(r, model, number) {
  const columns = r.shuffled(model.fields.filter(indexable)).slice(0, 1 + r.below(2))
  const json = model.fields.find(jsonb)
  const list = model.fields.find(f => f.arity === '[]' && indexable(f))
  const choices = [
    () => `@@index([${columns.map(f => f.name).join(', ')}], map: "${model.table}_i${number}")`,
    () => `@@index([${columns.map(f => f.name + r.pick(['', '(sort: Desc)', '(sort: Asc)', '(ops: raw("x_ops"))'])).join(', ')}], name: "${model.table}_i${number}")`,
    () => `@@index([${columns[0].name}], type: Hash, map: "${model.table}_h${number}")`,
    () => `@@index([${model.key[0]}], type: BTree, map: "${model.table}_t${number}")`,
  ]
  if (json) choices.push(() => `@@index([${json.name}${r.pick(['', '(ops: JsonbOps)', '(ops: JsonbPathOps)'])}], type: Gin, map: "${model.table}_g${number}")`)
  if (list) choices.push(() => `@@index([${list.name}${r.pick(['', '(ops: ArrayOps)'])}], type: Gin, map: "${model.table}_l${number}")`)
  if (model.partial) choices.push(() => `@@index([${columns[0].name}], map: "${model.table}_w${number}", where: ${r.pick(['raw("1 = 1")', `{ ${model.key[0]}: { not: null } }`])})`)
  choices.push(() => `@@unique([${[...new Set([...columns.map(f => f.name), model.key[0]])].join(', ')}], name: "u${number}", map: "${model.table}_u${number}")`)
  return r.pick(choices)()
}

function model(r, name, schema) {
  const mapped = r.chance(0.2)
  const m = { name, table: mapped ? `${lower(name)}_t` : name, fields: [], relations: [], attributes: [], schemaName: r.pick(schema.schemas), taken: {}, keyword: 'model', partial: schema.partial }
  m.taken.table = m.table
  idOf(r, m)
  for (const field of r.shuffled(fieldNames).slice(0, r.below(7))) {
    const kind = r.next()
    if (kind < 0.12 && schema.enums.length) m.fields.push(enumField(r, field, r.pick(schema.enums)))
    else if (kind < 0.18) m.fields.push(otherField(r, field))
    else m.fields.push(scalarField(r, field, m.taken))
  }
  for (let i = 0; i < r.below(3); i++) m.attributes.push(indexOf(r, m, i))
  if (mapped) m.attributes.push(`@@map("${m.table}")`)
  return m
}

// --- relations ------------------------------------------------------------------------------------------

const actionsText = r => (r.chance(0.3) ? `, onDelete: ${r.pick(actions.filter(a => a !== 'SetNull'))}` : '') + (r.chance(0.2) ? `, onUpdate: ${r.pick(['Cascade', 'NoAction', 'Restrict'])}` : '')

function relate(r, from, to, number, schema) {
  const name = `R${number}`
  const named = r.chance(0.4) || from === to || schema.pairs.has([from.name, to.name].sort().join())
  schema.pairs.add([from.name, to.name].sort().join())
  const label = named ? (r.chance(0.5) ? `"${name}"` : `name: "${name}"`) : ''
  const back = label ? ` @relation(${label})` : ''
  const one = `${lower(to.name)}${number}`
  const many = `${lower(from.name)}s${number}`
  if (from.hasSingleId && to.hasSingleId && r.chance(0.25)) {
    from.relations.push(`${one} ${to.name}[]${back}`)
    to.relations.push(`${many} ${from.name}[]${back}`)
    return
  }
  const arity = r.pick(['', '?'])
  const keys = to.key.map(k => to.fields.find(f => f.name === k))
  const columns = keys.map(k => `${one}_${k.name}`)
  const single = r.chance(0.3)
  keys.forEach((k, i) => from.relations.push(`${columns[i]} ${k.scalar}${arity}${single && keys.length === 1 ? ' @unique' : ''}`))
  if (single && keys.length > 1) from.attributes.push(`@@unique([${columns.join(', ')}])`)
  const map = r.chance(0.15) ? `, map: "${from.table}_f${number}"` : ''
  from.relations.push(`${one} ${to.name}${arity} @relation(${label ? label + ', ' : ''}fields: [${columns.join(', ')}], references: [${to.key.join(', ')}]${schema.withoutKeys ? '' : actionsText(r)}${map})`)
  to.relations.push(`${many} ${from.name}${single ? '?' : '[]'}${back}`)
}

// --- the whole ------------------------------------------------------------------------------------------

function print(r, head, lines) {
  const indent = r.pick(['  ', '  ', '\t', ''])
  const comment = () => (r.chance(0.06) ? r.pick([' // note', ' /// documentation']) : '')
  const body = lines.map(l => (r.chance(0.05) ? `${indent}/// about it\n` : '') + (r.chance(0.05) ? '\n' : '') + indent + l + comment() + '\n').join('')
  return `${r.chance(0.1) ? '/// What it is for.\n' : ''}${head} {\n${body}}\n`
}

function printModel(r, m, schema) {
  const tail = schema.multi ? [...m.attributes, `@@schema("${m.schemaName}")`] : m.attributes
  return print(r, `${m.keyword} ${m.name}`, [...m.fields.map(f => f.text), ...m.relations, ...tail])
}

function printEnum(r, e, schema) {
  const lines = e.values.map(v => v + (r.chance(0.2) ? ` @map("${v}_db")` : ''))
  if (r.chance(0.2)) lines.push(`@@map("${lower(e.name)}_type")`)
  return print(r, `enum ${e.name}`, schema.multi ? [...lines, `@@schema("${r.pick(schema.schemas)}")`] : lines)
}

function printConfig(r, schema) {
  const previews = [...(schema.partial ? ['partialIndexes'] : []), ...(schema.views ? ['views'] : []), ...(schema.extensions ? ['postgresqlExtensions'] : [])]
  const source = ['provider = ' + r.pick(['"postgresql"', '"postgresql"', '"postgres"'])]
  if (schema.hasUrl) source.push('url = ' + r.pick(['env("DATABASE_URL")', '"postgresql://localhost/db"']))
  if (schema.hasUrl && r.chance(0.2)) source.push('directUrl = env("DIRECT_URL")')
  if (schema.hasUrl && r.chance(0.2)) source.push('shadowDatabaseUrl = env("SHADOW_URL")')
  if (schema.withoutKeys || r.chance(0.1)) source.push(`relationMode = "${schema.withoutKeys ? 'prisma' : 'foreignKeys'}"`)
  if (schema.multi) source.push(`schemas = [${schema.schemas.map(s => `"${s}"`).join(', ')}]`)
  if (schema.extensions) source.push('extensions = [citext, uuidOssp(map: "uuid-ossp", schema: "public")]')
  const generator = ['provider = "prisma-client-js"']
  if (previews.length || r.chance(0.2)) generator.push(`previewFeatures = [${previews.map(p => `"${p}"`).join(', ')}]`)
  if (r.chance(0.2)) generator.push('output = "../generated"')
  const blocks = []
  if (previews.length || r.chance(0.5)) blocks.push(print(r, 'generator client', generator))
  if (schema.hasUrl || schema.multi || schema.withoutKeys || schema.extensions || r.chance(0.7)) blocks.push(print(r, 'datasource db', source))
  return r.shuffled(blocks)
}

export function generate(r) {
  const schema = { multi: r.chance(0.15), partial: r.chance(0.15), views: r.chance(0.15), extensions: r.chance(0.1), withoutKeys: r.chance(0.08), pairs: new Set(), enums: [] }
  schema.hasUrl = !schema.partial && r.chance(0.4)
  schema.schemas = schema.multi ? r.pick([['public', 'auth'], ['a'], ['auth', 'shop', 'b-c']]) : ['public']
  schema.enums = r.shuffled(enumNames).slice(0, r.below(3)).map(name => ({ name, values: r.shuffled(enumValues).slice(0, 1 + r.below(4)) }))
  const models = r.shuffled(modelNames).slice(0, 1 + r.below(4)).map(name => model(r, name, schema))
  for (let i = 0; i < r.below(4); i++) relate(r, r.pick(models), r.pick(models), i, schema)
  if (schema.views) {
    const fields = ['total Int', 'name String?', ...(r.chance(0.5) ? ['key Int @unique'] : [])]
    models.push({ name: 'Sums', keyword: 'view', fields: fields.map(text => ({ text })), relations: [], attributes: r.chance(0.3) ? ['@@map("v_sums")'] : [], schemaName: schema.schemas[0] })
  }
  const blocks = [...models.map(m => printModel(r, m, schema)), ...schema.enums.map(e => printEnum(r, e, schema))]
  return [...printConfig(r, schema), ...(r.chance(0.5) ? blocks : r.shuffled(blocks))].join('\n')
}
