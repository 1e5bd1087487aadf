// mutate.mjs - a schema with one or a few mistakes, or none: what people and editors leave behind.
//
// Every mutation takes a text and chance, and gives another text, or the same when it finds nothing to work on.
import * as w from './words.mjs'

const lines = text => text.split('\n')
const join = list => list.join('\n')

// Tokens with the blanks between them: joining gives the text back.
const tokens = text => text.match(/"(?:[^"\\\n]|\\.)*"?|@@?[\p{L}\p{N}_.]*|[\p{L}\p{N}_.-]+|\/\/[^\n]*|[ \t]+|\n|[^\s]/gu) ?? []
const isSpace = t => /^\s+$/.test(t) || t.startsWith('//')

// The index of a random element that `wanted` likes; -1 if there is none.
function find(r, list, wanted) {
  const places = list.flatMap((x, i) => (wanted(x, i) ? [i] : []))
  return places.length ? r.pick(places) : -1
}

function replaceOne(r, text, pattern, by) {
  const hits = [...text.matchAll(pattern)]
  if (!hits.length) return text
  const hit = r.pick(hits)
  const made = typeof by === 'function' ? by(hit) : by
  return text.slice(0, hit.index) + made + text.slice(hit.index + hit[0].length)
}

// --- tokens and characters ------------------------------------------------------------------------------

function editTokens(r, text, edit) {
  const list = tokens(text)
  const i = find(r, list, t => !isSpace(t))
  if (i < 0) return text
  edit(list, i)
  return list.join('')
}

const dropToken = (r, text) => editTokens(r, text, (list, i) => { list[i] = '' })
const doubleToken = (r, text) => editTokens(r, text, (list, i) => { list[i] += r.pick(['', ' ', ' ']) + list[i] })
const swapTokens = (r, text) => editTokens(r, text, (list, i) => {
  const j = list.findIndex((t, k) => k > i && !isSpace(t))
  if (j > 0) [list[i], list[j]] = [list[j], list[i]]
})
const otherToken = (r, text) => editTokens(r, text, (list, i) => { list[i] = list[find(r, list, t => !isSpace(t))] })
const oddCharacter = (r, text) => {
  const at = r.below(text.length + 1)
  const odd = r.pick(['"', "'", '{', '}', '(', ')', '[', ']', '@', ',', ':', '=', '?', '!', '.', '-', '_', '/', '\\', '\n', '\r', '\r\n', '\t', ' ', '\u00a0', '\u200b', '\ufeff', 'é', '😀', '\0', '\x01', '\x7f', '1', 'a', '#', '$', ';', '*', '/*', '*/', '//', '///', '\u2028', '\f'])
  return text.slice(0, at) + odd + text.slice(at + r.pick([0, 0, 1]))
}
const lostCharacter = (r, text) => { const at = r.below(text.length); return text.slice(0, at) + text.slice(at + 1) }
const cutOff = (r, text) => text.slice(0, r.below(text.length))

// --- lines ----------------------------------------------------------------------------------------------

function editLines(r, text, edit) {
  const list = lines(text)
  const i = find(r, list, l => l.trim())
  if (i < 0) return text
  edit(list, i)
  return join(list)
}

const dropLine = (r, text) => editLines(r, text, (list, i) => { list.splice(i, 1) })
const doubleLine = (r, text) => editLines(r, text, (list, i) => { list.splice(i, 0, list[i]) })
const moveLine = (r, text) => editLines(r, text, (list, i) => { const [line] = list.splice(i, 1); list.splice(r.below(list.length + 1), 0, line) })
const copyLine = (r, text) => editLines(r, text, (list, i) => { list.splice(r.below(list.length + 1), 0, list[i]) })
const joinLines = (r, text) => editLines(r, text, (list, i) => { if (i + 1 < list.length) list.splice(i, 2, `${list[i]} ${list[i + 1].trim()}`) })
const splitLine = (r, text) => editLines(r, text, (list, i) => { const at = list[i].indexOf(' ', r.below(list[i].length)); if (at > 0) list.splice(i, 1, list[i].slice(0, at), list[i].slice(at)) })
const oddLine = (r, text) => editLines(r, text, (list, i) => { list.splice(i + r.below(2), 0, r.pick(w.oddLines)) })

// --- blocks ---------------------------------------------------------------------------------------------

const blockPattern = /^(model|view|enum|type|datasource|generator) +([^\s{]+) *\{\n((?:.*\n)*?)\}\n?/gm

const bodyInsert = (r, text, keywords, line) => {
  const hits = [...text.matchAll(blockPattern)].filter(h => keywords.includes(h[1]))
  if (!hits.length) return text
  const hit = r.pick(hits)
  const body = hit[3].split('\n')
  body.splice(r.chance(0.6) ? body.length - 1 : r.below(body.length), 0, `  ${line(hit)}`)
  const start = hit.index + hit[0].indexOf('{\n') + 2
  return text.slice(0, start) + body.join('\n') + text.slice(start + hit[3].length)
}

const blockTwice = (r, text) => replaceOne(r, text, blockPattern, h => h[0] + '\n' + h[0])
const blockTwiceRenamed = (r, text) => replaceOne(r, text, blockPattern, h => `${h[0]}\n${h[0].replace(h[2], `${h[2]}2`)}`)
const blockDropped = (r, text) => replaceOne(r, text, blockPattern, '')
const blockEmptied = (r, text) => replaceOne(r, text, blockPattern, h => h[0].replace(h[3], ''))
const blockLast = (r, text) => { const hits = [...text.matchAll(blockPattern)]; if (!hits.length) return text; const h = r.pick(hits); return text.replace(h[0], () => '') + '\n' + h[0] }
const blockKeyword = (r, text) => replaceOne(r, text, blockPattern, h => h[0].replace(h[1], r.pick(['model', 'view', 'enum', 'type', 'datasource', 'generator', 'Model', 'table', 'composite'])))
const blockRenamed = (r, text) => replaceOne(r, text, blockPattern, h => h[0].replace(` ${h[2]}`, ` ${r.pick(w.reserved)}`))
const renameEverywhere = (r, text) => {
  const hits = [...text.matchAll(blockPattern)].filter(h => ['model', 'enum', 'view'].includes(h[1]))
  if (!hits.length) return text
  const to = r.pick(r.chance(0.5) ? w.reserved : hits.map(h => h[2]))
  const from = r.pick(hits)[2]
  return text.replace(new RegExp(`(?<![\\p{L}\\p{N}_"])${from.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}(?![\\p{L}\\p{N}_"])`, 'gu'), () => to)
}
const fieldRenamed = (r, text) => replaceOne(r, text, /^([ \t]*)([\p{L}\p{N}_]+)(?=[ \t]+[\p{L}"[])/gmu, h => h[1] + r.pick(w.reserved))
const fieldLikeOther = (r, text) => replaceOne(r, text, /^([ \t]*)([\p{L}\p{N}_]+)(?=[ \t]+[\p{L}"[])/gmu, h => h[1] + r.pick([...text.matchAll(/^[ \t]*([\p{L}\p{N}_]+)(?=[ \t]+[\p{L}"[])/gmu)])[1])

// --- types and attributes -------------------------------------------------------------------------------

const typePattern = /(?<=^[ \t]*[\p{L}\p{N}_]+[ \t]+)([\p{L}_][\p{L}\p{N}_]*)(\[\]|\?)?(?=[ \t\n])/gmu
const blockNames = text => [...text.matchAll(blockPattern)].map(h => h[2])
const anyType = (r, text) => r.pick([...w.scalars, ...w.scalars, ...blockNames(text), 'Nope', 'Unsupported("point")', 'int', 'Text'])

const typeExchanged = (r, text) => replaceOne(r, text, typePattern, h => anyType(r, text) + (h[2] ?? ''))
const arityExchanged = (r, text) => replaceOne(r, text, typePattern, h => h[1] + r.pick(['', '?', '[]', '[]', '?', '[]?', '!', '??']))
const nativeFor = (r, scalar) => r.pick(r.chance(0.5) && w.natives[scalar] ? w.natives[scalar] : r.chance(0.4) ? w.allNatives : w.wrongNatives)
const nativeExchanged = (r, text) => replaceOne(r, text, /@db\.\w+(\([^)\n]*\))?/g, () => `@db.${r.pick([...w.allNatives, ...w.wrongNatives])}`)
const nativeAdded = (r, text) => replaceOne(r, text, typePattern, h => `${h[0]} @db.${nativeFor(r, h[1])}`)
const defaultFor = (r, scalar, arity) => {
  const chosen = r.next()
  if (chosen < 0.35 && w.defaults[scalar]) return r.pick(arity === '[]' ? w.listDefaults[scalar] : w.defaults[scalar])
  return r.pick(chosen < 0.6 ? Object.values(r.chance(0.7) ? w.defaults : w.listDefaults).flat() : w.wrongDefaults)
}
const defaultExchanged = (r, text) => replaceOne(r, text, /@default\((?:[^()\n]|\([^()\n]*\))*\)/g, () => `@default(${defaultFor(r)})`)
const defaultAdded = (r, text) => replaceOne(r, text, typePattern, h => `${h[0]} @default(${defaultFor(r, h[1], h[2])})`)
const attributeAdded = (r, text) => replaceOne(r, text, typePattern, h => `${h[0]} ${r.pick(w.fieldAttributes)}`)
const attributeExchanged = (r, text) => replaceOne(r, text, /(?<!@)@[\w.]+(\((?:[^()\n]|\([^()\n]*\))*\))?/g, () => r.pick(w.fieldAttributes))
const attributeDropped = (r, text) => replaceOne(r, text, / @{1,2}[\w.]+(\((?:[^()\n]|\([^()\n]*\))*\))?/g, '')
const attributeDoubled = (r, text) => replaceOne(r, text, / @{1,2}[\w.]+(\((?:[^()\n]|\([^()\n]*\))*\))?/g, h => h[0] + h[0])
const valueAttribute = (r, text) => bodyInsert(r, text, ['enum'], () => r.pick(['X', 'X @map("y")', 'X @map("")', 'X @map(1)', 'X @foo', 'X @default(1)', 'X @map("a") @map("b")', 'X Int', 'X @@map("y")', '@@map("e")', '@@id([X])', '@@schema("public")', '@@ignore', 'X-Y', '1X', '_X', 'X @ignore', 'true', 'null', 'String', 'X = 1', 'X,', 'é', 'X /// doc', 'async']))
const blockAttribute = (r, text) => bodyInsert(r, text, ['model', 'view', 'enum', 'type'], h => r.pick(w.blockAttributes).replace(/\bid\b/g, () => (r.chance(0.5) ? 'id' : r.pick(fieldsOf(h[3]).concat('id')))))
const unsupportedField = (r, text) => bodyInsert(r, text, ['model', 'view'], () => `un Unsupported("${r.pick(['point', '', 'text', 'a"'])}")${r.pick(['', '?', '[]', '!'])} ${r.pick(['', '@id', '@unique', '@default(1)', '@default(dbgenerated("x"))', '@default(dbgenerated())', '@map("u")', '@updatedAt', '@ignore', '@db.Text', '@relation("x")', '@default(now())'])}`)

const fieldsOf = body => [...body.matchAll(/^[ \t]*([\p{L}\p{N}_]+)[ \t]+[\p{L}"]/gmu)].map(h => h[1])

// --- arguments ------------------------------------------------------------------------------------------

const argumentNames = ['name', 'map', 'fields', 'references', 'onDelete', 'onUpdate', 'type', 'sort', 'ops', 'length', 'clustered', 'where', 'value', 'expression', 'foo', 'Map']
const numberChanged = (r, text) => replaceOne(r, text, /(?<=[(, ])-?\d+(\.\d+)?(?=[), ])/g, () => r.pick(w.numbers))
const argumentRenamed = (r, text) => replaceOne(r, text, /\b\w+(?=:)/g, () => r.pick(argumentNames))
const argumentDropped = (r, text) => replaceOne(r, text, /(, )?\b\w+: (\[[^\]\n]*\]|"[^"\n]*"|[\w.]+)/g, '')
const argumentUnnamed = (r, text) => replaceOne(r, text, /\b\w+: /g, '')
const argumentAdded = (r, text) => replaceOne(r, text, /(?<=@{1,2}\w[\w.]*\([^\n]*)\)(?=[ \n])/g, () => `, ${r.pick([...argumentNames.map(n => `${n}: ${r.pick(['"x"', '1', '[id]', 'Cascade', 'Desc', 'true', 'Gin', '[]', 'raw("x")', ''])}`), '"x"', '1', '[id]', 'Cascade', ''])})`)
const argumentsDropped = (r, text) => replaceOne(r, text, /(?<=@{1,2}[\w.]+)\((?:[^()\n]|\([^()\n]*\))*\)/g, () => r.pick(['', '()', '( )']))
const stringChanged = (r, text) => replaceOne(r, text, /"(?:[^"\\\n]|\\.)*"/g, h => r.pick(['""', '"x"', 'x', '1', '[]', `[${h[0]}]`, `"${'z'.repeat(64)}"`, '"public"', `${h[0]} ${h[0]}`, "'x'", '"a b"', '"é"', '"\\n"', 'true', 'env("X")', r.pick([...text.matchAll(/"(?:[^"\\\n]|\\.)*"/g)])[0]]))
const listChanged = (r, text) => replaceOne(r, text, /\[([^\]\n]+)\]/g, h => {
  const items = h[1].split(/, */)
  const i = r.below(items.length)
  const body = r.pick([...text.matchAll(/^[ \t]*([\p{L}\p{N}_]+)[ \t]+[\p{L}"]/gmu)].map(m => m[1]).concat('nope'))
  return r.pick([
    () => `[${items.filter((_, k) => k !== i).join(', ')}]`, () => `[${[...items, items[i]].join(', ')}]`, () => `[${items.map((x, k) => (k === i ? body : x)).join(', ')}]`, () => `[${r.shuffled(items).join(', ')}]`,
    () => `[${[...items, body].join(', ')}]`, () => items[i], () => `[${items.map((x, k) => (k === i ? `"${x}"` : x)).join(', ')}]`, () => `[${items.join(' ')}]`, () => `[${items.join(', ')},]`, () => `[[${items.join(', ')}]]`, () => `[${items.map((x, k) => (k === i ? `${x}(sort: Desc)` : x)).join(', ')}]`,
  ])()
})

// --- relations ------------------------------------------------------------------------------------------

const relationPattern = /@relation(\([^\n]*?\))(?=[ \n])/g
const actionChanged = (r, text) => replaceOne(r, text, /on(Delete|Update): \w+/g, h => `on${h[1]}: ${r.pick([...w.actions, ...w.wrongActions])}`)
const actionAdded = (r, text) => replaceOne(r, text, /@relation\(([^\n]*?)\)(?=[ \n])/g, h => `@relation(${h[1]}, ${r.pick(['onDelete', 'onUpdate'])}: ${r.pick([...w.actions, ...w.actions, ...w.wrongActions])})`)
const relationName = (r, text) => replaceOne(r, text, relationPattern, h => h[0].replace(/\((name: )?"[^"]*"(, )?|\(/, () => r.pick(['(', '("x", ', '(name: "y", ', '("", ', '(name: "", ', '(x, ', '("R0", ', '("R1", '])))
const relationDropped = (r, text) => replaceOne(r, text, / @relation\([^\n]*?\)(?=[ \n])/g, () => r.pick(['', ' @relation', ' @relation()', ' @relation("R0")', ' @relation("R1")']))
const relationAdded = (r, text) => {
  const names = blockNames(text)
  if (!names.length) return text
  return bodyInsert(r, text, ['model', 'view', 'type'], h => `rel ${r.pick(names)}${r.pick(['', '?', '[]'])} ${r.pick(['', '@relation("R0")', '@relation(fields: [id], references: [id])', '@relation(fields: [], references: [])', '@relation(fields: [id])', '@relation(references: [id])', `@relation(fields: [${fieldsOf(h[3])[0] ?? 'id'}], references: [id], onDelete: SetNull)`, '@relation(onDelete: Cascade)', '@relation(map: "fk")', '@relation(fields: [nope], references: [id])', '@relation(fields: [id], references: [nope])', '@relation(fields: [id, id], references: [id, id])', '@relation(fields: id, references: id)'])}`)
}
const selfRelation = (r, text) => bodyInsert(r, text, ['model'], h => r.pick([`parent ${h[2]}? @relation("T", fields: [parentId], references: [id])\n  parentId Int?\n  children ${h[2]}[] @relation("T")`, `a ${h[2]}[]\n  b ${h[2]}[]`, `a ${h[2]}[] @relation("T")\n  b ${h[2]}[] @relation("T")`, `a ${h[2]}[] @relation("T")`, `a ${h[2]}? @relation("T", fields: [aId], references: [id])\n  aId Int? @unique\n  b ${h[2]}? @relation("T")`, `a ${h[2]}? @relation("T")\n  b ${h[2]}? @relation("T")\n  c ${h[2]}? @relation("T")`, `me ${h[2]} @relation(fields: [id], references: [id])`]))

// --- indexes --------------------------------------------------------------------------------------------

const indexAdded = (r, text) => bodyInsert(r, text, ['model', 'view'], h => {
  const fields = fieldsOf(h[3])
  if (!fields.length) return '@@index([id])'
  const part = f => f + r.pick(['', '', '', '(sort: Desc)', '(sort: Asc)', '(sort: X)', '(length: 3)', '(foo: 1)', `(ops: ${r.pick(w.operatorClasses)})`, `(ops: ${r.pick(w.operatorClasses)})`, `(ops: ${r.pick(w.wrongClasses)})`, '(ops: raw("x"), sort: Desc)'])
  const columns = r.shuffled(fields).slice(0, 1 + r.below(2)).map(part)
  const type = r.pick(['', '', `, type: ${r.pick(w.methods)}`, `, type: ${r.pick(w.methods)}`, `, type: ${r.pick(w.wrongMethods)}`])
  const where = r.chance(0.15) ? `, where: { ${r.pick(fields)}: ${r.pick(['1', '"x"', 'true', 'null', '{ not: 1 }', '{ not: null }', '1.5', '[]', 'x'])} }` : ''
  return `@@${r.pick(['index', 'index', 'index', 'unique', 'id'])}([${columns.join(', ')}]${type}${where}${r.pick(['', '', `, map: "ix"`, ', name: "ix"'])})`
})
const brinAdded = (r, text) => bodyInsert(r, text, ['model'], () => {
  const scalar = r.pick(w.scalars)
  const native = r.chance(0.7) ? ` @db.${r.pick(w.natives[scalar])}` : ''
  return `br ${scalar}${r.pick(['', '?', '[]'])}${native}\n  @@index([br${r.chance(0.6) ? `(ops: ${r.pick(w.operatorClasses)})` : ''}], type: ${r.pick(['Brin', 'Brin', 'Gin', 'Gist', 'SpGist', 'Hash', 'BTree'])})`
})
const typedColumn = (r, text) => bodyInsert(r, text, ['model', 'view'], () => {
  const scalar = r.pick(w.scalars)
  const arity = r.pick(['', '', '?', '[]'])
  return `ty ${scalar}${arity}${r.chance(0.6) ? ` @default(${defaultFor(r, scalar, arity)})` : ''}${r.chance(0.5) ? ` @db.${nativeFor(r, scalar)}` : ''}${r.chance(0.2) ? ` ${r.pick(w.fieldAttributes)}` : ''}`
})
const nameClash = (r, text) => bodyInsert(r, bodyInsert(r, text, ['model'], () => '@@index([id], map: "clash")'), ['model'], () => r.pick(['@@index([id], map: "clash")', '@@unique([id], map: "clash")', 'cl Int @unique(map: "clash")', '@@id([id], map: "clash")', '@@map("clash")', '@@index([id], name: "clash")']))
const mappedAlike = (r, text) => { const name = r.pick(['"same"', '"id"', '"User"', '"_T"']); const add = t => bodyInsert(r, t, ['model', 'enum', 'view'], () => `@@map(${name})`); return add(r.chance(0.7) ? add(text) : text) }

// --- datasource, generators, schemas, views -------------------------------------------------------------

const datasourceLine = (r, text) => bodyInsert(r, text, ['datasource'], () => r.pick(w.datasourceLines))
const generatorLine = (r, text) => bodyInsert(r, text, ['generator'], () => r.pick(w.generatorLines))
const provider = (r, text) => replaceOne(r, text, /provider *= *"[^"]*"/g, () => `provider = "${r.pick(w.providers)}"`)
const configBlock = (r, text) => `${text}\n${r.pick(['datasource', 'generator'])} ${r.pick(['db', 'client', 'other', '1x', 'a-b', '_x', 'String', 'class'])} {\n  ${r.pick(['provider = "postgresql"', 'provider = "x"', '', 'url = "x"'])}\n}\n`
const previewChanged = (r, text) => replaceOne(r, text, /previewFeatures *= *\[[^\]\n]*\]/g, () => `previewFeatures = [${r.shuffled(w.previews).slice(0, r.below(4)).map(p => `"${p}"`).join(', ')}]`)
const previewAdded = (r, text) => `generator p {\n  provider = "x"\n  previewFeatures = [${r.shuffled(w.previews).slice(0, 1 + r.below(3)).map(p => `"${p}"`).join(', ')}]\n}\n${text}`
const previewOff = (r, text) => replaceOne(r, text, /"(views|partialIndexes|postgresqlExtensions)"/g, '')
const schemasChanged = (r, text) => replaceOne(r, text, /schemas *= *\[[^\]\n]*\]/g, () => `schemas = ${r.pick(['["public"]', '["auth"]', '[]', '["a", "b"]', '["public", "public"]', '"public"', '["public", auth]'])}`)
const schemaAttribute = (r, text) => bodyInsert(r, text, ['model', 'enum', 'view'], () => `@@schema("${r.pick(['public', 'auth', 'a', 'nope', ''])}")`)
const asView = (r, text) => `generator v {\n  provider = "x"\n  previewFeatures = ["views"]\n}\n${replaceOne(r, text, /^model (?=\w)/gm, 'view ')}`
const modeChanged = (r, text) => bodyInsert(r, text, ['datasource'], () => 'relationMode = "prisma"')
const partialOn = (r, text) => `generator w {\n  provider = "x"\n  previewFeatures = ["partialIndexes"]\n}\n${indexAdded(r, text)}`
const ignored = (r, text) => bodyInsert(r, text, ['model'], () => '@@ignore')
const composite = (r, text) => `${text}\ntype Address {\n  street String\n}\n${r.chance(0.5) ? 'model Home {\n  id Int @id\n  at Address\n}\n' : ''}`
const lineEnds = (r, text) => (r.chance(0.5) ? text.replace(/\n/g, '\r\n') : text.replace(/\n/g, '\r'))

const mutations = {
  dropToken, doubleToken, swapTokens, otherToken, oddCharacter, lostCharacter, cutOff, dropLine, doubleLine, moveLine, copyLine, joinLines, splitLine, oddLine, blockTwice, blockTwiceRenamed, blockDropped, blockEmptied, blockLast, blockKeyword,
  blockRenamed, renameEverywhere, fieldRenamed, fieldLikeOther, typeExchanged, arityExchanged, nativeExchanged, nativeAdded, defaultExchanged, defaultAdded, attributeAdded, attributeExchanged, attributeDropped, attributeDoubled, valueAttribute,
  blockAttribute, unsupportedField, numberChanged, argumentRenamed, argumentDropped, argumentUnnamed, argumentAdded, argumentsDropped, stringChanged, listChanged, actionChanged, actionAdded, relationName, relationDropped, relationAdded, selfRelation,
  indexAdded, brinAdded, typedColumn, nameClash, mappedAlike, datasourceLine, generatorLine, provider, configBlock, previewChanged, previewAdded, previewOff, schemasChanged, schemaAttribute, asView, modeChanged, partialOn, ignored, composite, lineEnds,
}
export const mutationNames = Object.keys(mutations)

// One mutation mostly, sometimes two or three; `names` tells which.
export function mutate(r, text) {
  const wanted = r.pick([1, 1, 1, 1, 1, 2, 2, 3])
  const names = []
  let mutant = text
  for (let tries = 0; names.length < wanted && tries < 30; tries++) {
    const name = r.pick(mutationNames)
    const next = mutations[name](r, mutant)
    if (next === mutant) continue
    mutant = next
    names.push(name)
  }
  return { text: mutant, names }
}
