// scramble.mjs - a schema text in another layout: the same words, and by chance all that a layout can be.
//
// Blanks of every kind between tokens, empty lines, comments of every kind wherever one may stand, attributes
// in another order, block attributes anywhere in the block, blocks on one line, line ends of every kind, no line
// end at the end. Now and then something the language does not allow, such as a list over two lines.
import { Random } from '../random/prng.mjs'

// A text's chance depends on all of its numbers.
export const chanceOf = (...numbers) => new Random(numbers.reduce((sum, n) => Math.imul(sum, 1000003) + n | 0, 7))

const blanks = [' ', ' ', ' ', '  ', '   ', '\t', ' \t ', '\u00a0', '\u3000', '        ']
const words = ['keep', 'later', '→', 'naïve', '漢字', '👩‍💻', '{', '}', '"', "it's", '@id', '@@map("x")', 'a  b', '\t', '[', '(', '*', '**', '//', 'x Int', '\\', '\u00a0']
// Words with the blanks between them; comments and strings are one token.
const pattern = /\/\/.*|\/\*.*|"(?:[^"\\]|\\.)*"|@@|[\p{L}\p{N}_][\p{L}\p{N}_.-]*|-?\d+(?:\.\d+)?|\[\]|[^\s]/gu

const isWord = t => /^[\p{L}\p{N}_"-]/u.test(t)

export const phrase = r => Array.from({ length: r.below(4) }, () => r.pick(words)).join(r.pick([' ', '', '  ']))

function blockComment(r) {
  const line = () => r.pick(['', ' ', '\t ', '   * ', ' *', ' ** ']) + phrase(r).replaceAll('*/', '* /').replaceAll('/', '|')
  return '/*' + Array.from({ length: 1 + r.below(4) }, line).join(r.pick(['\n', '\n', ' \n \n', '\r\n'])) + r.pick(['', ' ', '\n', '\n ']) + '*/'
}

const lineComment = r => r.pick(['//', '// ', '///', '/// ', '//// ', '//\t']) + phrase(r) + r.pick(['', '', ' ', '\t', '\u00a0'])
const comment = r => r.chance(0.25) ? blockComment(r) : lineComment(r)

// --- one line -------------------------------------------------------------------------------------------

const space = (r, needed) => needed || r.chance(0.4) ? r.pick(blanks) : ''

function join(r, tokens) {
  let out = ''
  tokens.forEach((t, i) => {
    const before = tokens[i - 1]
    if (i && t === '(' && before === 'Unsupported') out += t
    else if (i) out += space(r, isWord(before) && isWord(t)) + t
    else out += t
  })
  return out
}

// The tokens of a field cut before each of its attributes.
function attributesOf(tokens) {
  const parts = [[]]
  let depth = 0
  for (const t of tokens) {
    if (t === '@' && depth === 0) parts.push([])
    depth += /^[([{]$/.test(t) ? 1 : /^[)\]}]$/.test(t) ? -1 : 0
    parts.at(-1).push(t)
  }
  return parts
}

function bodyLine(r, line) {
  const tokens = line.match(pattern) ?? []
  const tail = tokens.length && /^\/[/*]/.test(tokens.at(-1)) ? tokens.pop() : undefined
  if (!tokens.length) return tail ?? ''
  const [first, ...rest] = attributesOf(tokens)
  let text = join(r, [...first, ...(r.chance(0.5) ? r.shuffled(rest) : rest).flat()])
  if (r.chance(0.004)) text = text.replace(/[([,]/, m => m + '\n')
  const end = tail ?? (r.chance(0.15) ? r.chance(0.2) ? blockComment(r) : comment(r) : '')
  return text + (end ? space(r, end.startsWith('/*') ? false : r.chance(0.5)) + end : '')
}

// --- between lines --------------------------------------------------------------------------------------

function filler(r) {
  const lines = []
  while (r.chance(0.22)) lines.push(r.pick([() => '', () => '', () => r.pick(blanks), () => space(r) + comment(r)])())
  return lines
}

const indent = r => r.pick(['', '  ', '  ', '\t', '    ', ' ', '\u00a0 '])

function scrambleBody(r, lines) {
  let list = lines
  if (r.chance(0.4)) {
    const moved = list.filter(l => l.trim().startsWith('@@') && r.chance(0.5))
    list = list.filter(l => !moved.includes(l))
    for (const m of moved) list.splice(r.below(list.length + 1), 0, m)
  }
  return list.flatMap(l => {
    const before = r.chance(0.03) ? blockComment(r) + space(r) : ''
    return [...filler(r), indent(r) + before + bodyLine(r, l)]
  }).concat(filler(r))
}

// --- the file -------------------------------------------------------------------------------------------

const isHead = line => /^\s*(model|view|type|enum|datasource|generator)\s+\S+\s*\{/u.test(line)

function blockAt(lines, start) {
  let end = start + 1
  while (end < lines.length && !/^\s*\}/.test(lines[end])) end++
  return end
}

function scrambleBlock(r, lines) {
  const [head] = lines[0].split('{')
  const open = indent(r) + join(r, head.match(pattern)) + space(r) + '{' + (r.chance(0.08) ? space(r) + lineComment(r) : r.pick(['', '', ' ', '\t']))
  const close = indent(r) + '}' + (r.chance(0.02) ? space(r) + comment(r) : r.chance(0.01) ? '\u0001' : '')
  return [open, ...scrambleBody(r, lines.slice(1)), close]
}

// Text that must not be touched inside: a block comment of several lines.
const untouched = text => /\/\*[^\n]*\n/.test(text)

export function scramble(text, ...seeds) {
  const r = chanceOf(...seeds)
  if (untouched(text)) return text
  const lines = text.split(/\r\n|\n|\r/)
  const out = filler(r)
  for (let i = 0; i < lines.length; i++) {
    if (!isHead(lines[i])) { out.push(indent(r) + lines[i].trim(), ...filler(r)); continue }
    const end = blockAt(lines, i)
    out.push(...scrambleBlock(r, lines.slice(i, end)), ...filler(r))
    i = end
  }
  const eol = r.pick(['\n', '\n', '\n', '\r\n', '\r', 'mixed'])
  const joined = out.join('\n').replaceAll('\u0001\n', ' ')
  const ended = joined.replaceAll('\u0001', '').replace(/\n*$/, r.pick(['', '\n', '\n\n\n', '  \n ']))
  return eol === '\n' ? ended : ended.replaceAll('\n', () => eol === 'mixed' ? r.pick(['\n', '\r\n', '\r']) : eol)
}

// --- relations written by halves ------------------------------------------------------------------------

const relationField = /^\s*[\p{L}\p{N}_]+\s+[\p{L}\p{N}_]+(\[\]|\?)?(\s+@relation\(.*\))?\s*$/u

// Leaves out a field of some relation, a column, or arguments of `@relation`.
export function leaveOut(text, ...seeds) {
  const r = chanceOf(...seeds)
  const models = new Set([...text.matchAll(/^\s*(?:model|view)\s+(\S+)/gmu)].map(m => m[1]))
  const lines = text.split('\n')
  const isRelation = l => relationField.test(l) && models.has(l.trim().split(/\s+/)[1].replace(/[[\]?]/g, ''))
  for (let times = 1 + r.below(2); times > 0; times--) {
    const places = lines.flatMap((l, i) => isRelation(l) ? [i] : [])
    if (!places.length) break
    const at = r.pick(places)
    const columns = lines[at].match(/fields\s*:\s*\[([^\]]*)\]/)?.[1].split(',').map(c => c.trim()) ?? []
    const isColumn = l => columns.includes(l.trim().split(/\s+/)[0])
    const change = r.pick(['field', 'field', 'attribute', 'arguments', 'columns', 'references', 'name'])
    if (change === 'field') lines.splice(at, 1)
    else if (change === 'attribute') lines[at] = lines[at].replace(/@relation.*/, '')
    else if (change === 'name') lines[at] = lines[at].replace(/(@relation\()\s*(?:name\s*:\s*)?"[^"]*"\s*,?/, '$1')
    else if (change === 'references') lines[at] = lines[at].replace(/,?\s*references\s*:\s*\[[^\]]*\]/, '')
    else {
      lines[at] = lines[at].replace(/fields\s*:\s*\[[^\]]*\]\s*,\s*references\s*:\s*\[[^\]]*\]\s*,?/, '')
      if (change === 'columns') for (let i = lines.length - 1; i >= 0; i--) if (isColumn(lines[i])) lines.splice(i, 1)
    }
  }
  return lines.join('\n')
}
