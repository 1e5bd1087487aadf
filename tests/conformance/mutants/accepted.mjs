// accepted.mjs - where we judge otherwise than the reference, on purpose, each with the reason. The same list stands in
// docs/divergences.md.
//
// A row excuses a schema when everything holds:
//   theirs   'valid', or what the message of the reference's first error has to be
//   ours     'valid', or code and message of our first error
//   without  gives the schema without the thing the row is about, and something other than the schema itself;
//            then both have to accept it: a mistake beside the thing is still there and shows
// `example` is a schema that the row excuses: one that is no longer judged differently makes the run fail.
const heads = /^([ \t]*)(model|view|enum|type|datasource|generator)([^\s{]+[ \t]*\{)/gm
const source = 'datasource db {\n  provider = "postgresql"\n}\n'
const model = (...lines) => `${source}model A {\n  ${lines.join('\n  ')}\n}\n`

// Arguments without a value and commas at the end of a list, in the parentheses that follow `head`.
const emptyArguments = (text, head) => text.replace(new RegExp(`(${head}\\()([^()\\n]*)\\)`, 'g'), (_, start, list) =>
  `${start}${list.split(',').filter(a => !/^\s*(\w+\s*:\s*)?$/.test(a)).join(',')})`)
const emptyArgument = ['E0121', /^the argument `\w+` has no value$/]
const endingComma = ['E0120', /^a comma ends the argument list$/]
const nativeArguments = text => emptyArguments(text, '@\\w+\\.\\w+')
const extensionArguments = text => text.replace(/^([ \t]*extensions[ \t]*=)(.*)$/gm, (_, start, list) => start + emptyArguments(list, '\\w+'))
const generatorObjects = text => text.replace(/^([ \t]*generator\b[^{}]*\{)((?:[^{}]|\{[^{}]*\})*\})/gm, (_, head, body) => head + body.replace(/^[ \t]*\w+[ \t]*=[ \t]*\{[^{}]*\}/gm, ''))

export const rows = [
  {
    reason: 'a keyword and a name in one word, `modelUser {`, open a block: a slip of the keyboard, and we say so',
    theirs: 'valid', ours: ['E0103', /^`(model|view|enum|type|datasource|generator)[^\s`]+` does not start a block$/],
    without: text => text.replace(heads, '$1$2 $3'),
    example: `${source}enumRole {\n  A\n}\n`,
  },
  {
    reason: 'an object among the properties of a generator makes its preview features go unread',
    theirs: /^(Error validating: View definitions are only available with the `views` preview feature\.|The `extensions` property is only available with the `postgresqlExtensions` preview feature\.|Error parsing attribute "@@?(index|unique)": Partial indexes are a preview feature\. Add "partialIndexes" to previewFeatures in your generator block\.)$/, ours: 'valid',
    without: generatorObjects,
    example: `generator g {\n  provider = "x"\n  previewFeatures = ["views"]\n  foo = { a: 1 }\n}\n${source}view V {\n  a Int\n}\n`,
  },
  {
    reason: 'a native type passes over an argument whose value is missing, `@db.Time(0, x: )`',
    theirs: 'valid', ours: emptyArgument, without: nativeArguments,
    example: model('id Int @id', 'at DateTime @db.Time(0, x: )'),
  },
  {
    reason: 'a native type passes over a comma at the end, `@db.Time(0, )`',
    theirs: 'valid', ours: endingComma, without: nativeArguments,
    example: model('id Int @id', 'at DateTime @db.Time(0, )'),
  },
  {
    reason: 'an extension passes over an argument whose value is missing, `citext(map: )`',
    theirs: 'valid', ours: emptyArgument, without: extensionArguments,
    example: 'generator g {\n  provider = "x"\n  previewFeatures = ["postgresqlExtensions"]\n}\ndatasource db {\n  provider = "postgresql"\n  extensions = [citext(map: )]\n}\n',
  },
  {
    reason: 'preview features that only version 6 and only version 7 know stand in one schema: we take both',
    theirs: /^The preview feature "(metrics|partialIndexes)" is not known\. Expected one of: /, ours: 'valid',
    without: text => text.replace(/,[ \t]*"metrics"|"metrics"[ \t]*,?/gi, ''),
    example: `generator g {\n  provider = "x"\n  previewFeatures = ["metrics", "partialIndexes"]\n}\n${model('id Int @id', 'b Int', '@@index([b], where: { b: 1 })')}`,
  },
  {
    reason: 'a view has an id, which version 5 took: a warning, so that such projects can run',
    theirs: /^Error validating: Views cannot have primary keys\.$/, ours: 'valid',
    without: text => text.replace(/^([ \t]*view\b[^{}]*\{)([^}]*)/gm, (_, head, body) =>
      head + body.replace(/^[ \t]*@@id\b.*$/gm, '').replace(/@id(\([^()]*\))?/g, '@unique')),
    example: `generator g {\n  provider = "x"\n  previewFeatures = ["views"]\n}\n${source}view V {\n  a Int @id\n}\n`,
  },
  {
    reason: 'an id of type xml: PostgreSQL cannot index it',
    theirs: 'valid', ours: ['E0257', /^`[^`]+` is of type xml, which PostgreSQL cannot index$/],
    without: text => text.replace(/@(\w+)\.Xml\b/g, '@$1.Text'),
    example: model('id String @id @db.Xml'),
  },
]

const theirsFits = (row, theirs) => row.theirs === 'valid' ? theirs.valid : !theirs.valid && row.theirs.test(theirs.text)
const oursFits = (row, answer) => row.ours === 'valid' ? answer.valid : answer.first?.code === row.ours[0] && row.ours[1].test(answer.message)

// The row that excuses the schema; `judge` asks both about another text: {theirs, answer}.
export async function rowFor(text, theirs, answer, judge) {
  for (const row of rows.filter(r => theirsFits(r, theirs) && oursFits(r, answer))) {
    const without = row.without(text)
    if (without === text) continue
    const after = await judge(without)
    if (after.theirs.valid && after.answer.valid) return row
  }
}

// The row of what the reference refuses first and we take: without that, both say the same.
export async function rowForLine(text, theirs, judge) {
  for (const row of rows.filter(r => r.ours === 'valid' && theirsFits(r, theirs))) {
    const without = row.without(text)
    if (without === text) continue
    const after = await judge(without)
    if (after.theirs.valid === after.answer.valid && (after.theirs.valid || after.theirs.line === after.answer.first.line)) return row
  }
}

// Rows whose example is not excused by them, in words.
export async function staleRows(judge) {
  const stale = []
  for (const row of rows) {
    const { theirs, answer } = await judge(row.example)
    const found = theirs.valid === answer.valid ? undefined : await rowFor(row.example, theirs, answer, judge)
    if (found !== row) stale.push(`${row.reason}: the example is ${found ? 'excused by another row' : 'not excused'}`)
  }
  return stale
}
