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
  'literals of uuid columns stay as they were written': blocks => mapLines(blocks, l => [l.replace(/@default\(dbgenerated\("'([^"']*)'::uuid"\)\)/, '@default("$1")')]),
  'columns and values without a letter have a name': blocks => mapLines(blocks, l => /^\/\/\/ This field was commented out because of an invalid name/.test(l) ? []
    : [l.replace(/^(\/\/ )?\S+(?= (\S+ )?@map\("[^a-zA-Z"]*"\))/, 'unnamed')]),
  'types without a word are written as the server writes them': blocks => mapLines(blocks, l => [l.replace(/^(\w+) Unsupported\("[^"]*"\)/, '$1 Unsupported()')]),
}

// The reasons that make the texts the same; undefined when they do not.
export function explain(reference, ours) {
  const names = Object.keys(reasons)
  const same = wanted => {
    const strip = text => textOf(wanted.reduce((blocks, name) => reasons[name](blocks), blocksOf(text)))
    return strip(reference) === strip(ours)
  }
  if (!same(names)) return undefined
  return names.reduce((needed, name) => { const fewer = needed.filter(n => n !== name); return same(fewer) ? fewer : needed }, names)
}
