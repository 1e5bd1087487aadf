// explain.mjs - whether two texts of `db pull` differ in what docs/divergences.md lists and in nothing else.
//
// Each reason takes what it is about out of both texts. When they are the same without what all reasons are about, the ones that
// are needed for that explain the difference.
const blockHead = /^(model|view|enum|generator|datasource) (\S+) \{$/

// [{kind, name, above, lines}]: with the comments above it. Blanks for columns and empty lines do not count.
function blocksOf(text) {
  const blocks = []
  let above = [], inside = false
  for (const line of text.split('\n').map(l => l.trim().replace(/ +/g, ' ')).filter(Boolean)) {
    const head = line.match(blockHead)
    if (head) { blocks.push({ kind: head[1], name: head[2], above, lines: [] }); above = []; inside = true }
    else if (line === '}') inside = false
    else (inside ? blocks.at(-1).lines : above).push(line)
  }
  return blocks
}

const textOf = blocks => blocks.map(b => [...b.above, `${b.kind} ${b.name}`, ...b.lines, ''].join('\n')).join('\n')
const mapLines = (blocks, change) => blocks.map(b => ({ ...b, lines: b.lines.flatMap(l => change(l, b)) }))
const modelNames = blocks => new Set(blocks.filter(b => b.kind === 'model' || b.kind === 'view').map(b => b.name))
const fieldOf = line => line.match(/^(\w+) (\w+)(\[\]|\?)?( .*)?$/) ?? []
const relationName = rest => rest?.match(/@relation\("([^"]*)"/)?.[1] ?? ''

// Tables of pairs that are models: the reference's, for want of the names they had; ours, because the schema has the model.
const isColumn = (line, name) => line.startsWith(`${name} `) || line.includes(`@map("${name}")`)
const isPairs = b => b.kind === 'model' && b.lines.some(l => /^@@map\("_/.test(l)) && ['A', 'B'].every(n => b.lines.some(l => isColumn(l, n)))

function withoutManyToMany(blocks) {
  const pairs = new Set(blocks.filter(isPairs).map(b => b.name))
  const models = new Map(blocks.filter(b => b.kind === 'model').map(b => [b.name, b]))
  const lists = (from, to, name) => (models.get(from)?.lines ?? []).filter(l => { const [, , type, arity, rest] = fieldOf(l); return type === to && arity === '[]' && relationName(rest) === name })
  const single = (from, to, name) => (models.get(from)?.lines ?? []).some(l => { const [, , type, arity, rest] = fieldOf(l); return type === to && arity !== '[]' && relationName(rest) === name })
  const isMany = (line, block) => {
    const [, , type, arity, rest] = fieldOf(line)
    if (arity !== '[]' || !models.has(type)) return false
    return pairs.has(type) || (lists(type, block.name, relationName(rest)).length > 0 && !single(type, block.name, relationName(rest)))
  }
  return mapLines(blocks.filter(b => !pairs.has(b.name)), (l, b) => b.kind === 'model' && isMany(l, b) ? [] : [l])
}

// Fields that refer: { fields, type, name } of `... @relation("name", fields: [...], ...)`.
function reference(line) {
  const [, , type, , rest] = fieldOf(line), fields = rest?.match(/fields: \[([^\]]*)\]/)?.[1]
  return fields && { fields, type, name: relationName(rest) }
}

// Models and fields that several keys join with the same model, in either text.
function joinedTwice(texts) {
  const twice = new Set()
  for (const b of texts.flat()) {
    const keys = b.lines.map(reference).filter(Boolean).map(r => `${b.name} ${r.fields} ${r.type}`)
    for (const key of keys) if (keys.filter(k => k === key).length > 1) twice.add(key)
  }
  return twice
}

function withoutRepeatedKeys(blocks, texts) {
  const twice = joinedTwice(texts), gone = blocks.flatMap(b => b.lines.map(reference).filter(r => r && twice.has(`${b.name} ${r.fields} ${r.type}`)).map(r => ({ ...r, from: b.name })))
  return mapLines(blocks, (l, b) => {
    const [, , type, , rest] = fieldOf(l), refers = reference(l)
    if (refers) return twice.has(`${b.name} ${refers.fields} ${refers.type}`) ? [] : [l]
    return gone.some(g => g.type === b.name && g.from === type && g.name === relationName(rest)) ? [] : [l]
  })
}

// The literal, or the list of literals, that an expression of literals and casts is.
function literalOf(expression) {
  const item = text => {
    let value = text.trim()
    for (let last; last !== value;) { last = value; value = value.replace(/::[a-z" ]+(\(\d+\))?$/, '').replace(/^\((.*)\)$/, '$1') }
    return /^'?-?[\d.]+'?$/.test(value) ? value.replaceAll("'", '') : value.replace(/^'(.*)'$/, '"$1"')
  }
  const list = expression.match(/^ARRAY\[(.*)\]$/)
  return list ? `[${list[1].split(', ').map(item).join(', ')}]` : item(expression)
}

const reasons = {
  'extensions stay': blocks => mapLines(blocks, (l, b) => b.kind === 'datasource' && /^extensions = /.test(l) ? [] : [l]),
  '`@ignore` stays on relation fields': blocks => {
    const models = modelNames(blocks)
    return mapLines(blocks, l => models.has(fieldOf(l)[2]) ? [l.replace(/ @ignore$/, '')] : [l])
  },
  'many-to-many relations keep their names, or their models': withoutManyToMany,
  'values in list defaults are called by their names': blocks => {
    const enums = new Set(blocks.filter(b => b.kind === 'enum').map(b => b.name))
    return mapLines(blocks, l => enums.has(fieldOf(l)[2]) && fieldOf(l)[3] === '[]' ? [l.replace(/@default\(\[[^\]]*\]\)/, '@default([])')] : [l])
  },
  'literals with casts are literals': blocks => mapLines(blocks, l => [l.replace(/@default\(dbgenerated\("((?:[^"\\]|\\.)*::(?:[^"\\]|\\.)*)"\)\)/, (_, text) => `@default(${literalOf(JSON.parse(`"${text}"`))})`)]),
  'a second unique on one column stays': blocks => mapLines(blocks, (l, b) => {
    const name = l.match(/^@@unique\(\[(\w+)[^,\]]*\], map: "/)?.[1]
    return name && b.lines.some(f => f.startsWith(`${name} `) && f.includes(' @unique')) ? [] : [l]
  }),
  'keys over the same columns are all there': withoutRepeatedKeys,
  'one to one only where the columns alone are unique': (blocks, texts, refused) => {
    if (!/one-to-one relation must use unique fields/.test(refused)) return blocks
    const models = modelNames(blocks)
    return mapLines(blocks, l => models.has(fieldOf(l)[2]) && !reference(l) ? [l.replace(/^(\w+ \w+)(\?|\[\])/, '$1')] : [l])
  },
  'columns and values without a letter have a name': blocks => mapLines(blocks, l => /^\/\/\/ This field was commented out because of an invalid name/.test(l) ? []
    : [l.replace(/^(\/\/ )?\S+(?= (\S+ )?@map\("[^a-zA-Z"]*"\))/, 'unnamed')]),
  'types without a word are written as the server writes them': blocks => mapLines(blocks, l => [l.replace(/^(\w+) Unsupported\("[^"]*"\)/, '$1 Unsupported()')]),
}

// The reasons that make the texts the same; undefined when they do not. `refused`: what the reference says to its own text.
export function explain(theirs, ours, refused = '') {
  const names = Object.keys(reasons), texts = [blocksOf(theirs), blocksOf(ours)]
  const same = wanted => {
    const [a, b] = texts.map(text => textOf(wanted.reduce((blocks, name) => reasons[name](blocks, texts, refused), text)))
    return a === b
  }
  if (!same(names)) return undefined
  return names.reduce((needed, name) => { const fewer = needed.filter(n => n !== name); return same(fewer) ? fewer : needed }, names)
}
