// recipes.mjs - kinds of changes, and how programs of both schemas see one value through a client.
//
// { name, from, to, old, new }: the models of both schemas, named apart so that all stand in one; a program is { model, data(v),
// value(row), where(v) }: what it writes for the number v, what number a row it reads stands for, how it asks for such rows; `nested`: with
// rows of other models; `before`: rows of other models that must be there; `key`: what its key is of a number's text,
// `by`: the field that it is; `made(v)`: what a row is made of, where that is not what it is changed to. `without`: versions whose
// client cannot be tried.

const model = (name, ...lines) => `model ${name} {\n  id Int @id @default(autoincrement())\n${lines.map(line => `  ${line}\n`).join('')}}\n`
const words = (name, ...values) => `enum ${name} {\n${values.map(value => `  ${value}\n`).join('')}}\n`
const program = (name, data, value, where = data) => ({ model: name, data, value, where })
const nested = (of, key = Number) => ({ ...of, nested: true, key })
const number = text => Number.isNaN(Number(text)) ? text : Number(text) // what is none is told as it is
const qty = name => program(name, v => ({ qty: v }), row => row.qty)
const text = name => program(name, v => ({ name: `t${v}` }), row => number(row.name.slice(1)))
const time = v => new Date(Date.UTC(2026, 0, 1, 0, v))
const at = name => program(name, v => ({ at: time(v) }), row => (row.at - time(0)) / 60000)
let last = 0
const unique = () => ++last
const letters = ['a', 'b', 'c', 'd', 'e']
const letter = (name, kinds = letters) => program(name, v => ({ kind: kinds[v % kinds.length] }), row => kinds.includes(row.kind) ? kinds.indexOf(row.kind) : row.kind, v => ({ kind: kinds[v % kinds.length] }))
const same = (from, to, of, name) => ({ from: model(name, ...from), to: model(name, ...to), old: of(name), new: of(name) })

export const recipes = [
  { name: 'a field is added, with a default', ...same(['qty Int'], ['qty Int', 'extra Int @default(3)'], qty, 'Added') },
  { name: 'a required field is added, filled from the row', ...same(['qty Int'], ['qty Int', '/// @backfill(qty * 2)\n  twice Int'], qty, 'Filled'),
    new: program('Filled', v => ({ qty: v, twice: 2 * v }), row => row.twice === null ? NaN : row.qty) },
  { name: 'a field is removed', ...same(['qty Int', 'extra Int'], ['qty Int'], qty, 'Removed'),
    old: program('Removed', v => ({ qty: v, extra: 7 }), row => row.qty) },
  { name: 'a field is renamed', ...same(['name String'], ['/// @renamedFrom(name)\n  title String'], text, 'Renamed'),
    new: program('Renamed', v => ({ title: `t${v}` }), row => number(row.title.slice(1))) },
  { name: 'a table is renamed by `@@map`', ...same(['qty Int'], ['qty Int', '@@map("mapped")'], qty, 'Mapped') },
  { name: 'a field becomes required', ...same(['qty Int?'], ['/// @backfill(1)\n  qty Int'], qty, 'Required') },
  { name: 'a field becomes optional', ...same(['qty Int'], ['qty Int?'], qty, 'Optional') },
  { name: 'a default is added', ...same(['qty Int', 'extra Int @default(1)'], ['qty Int', 'extra Int @default(2)'], qty, 'Default') },
  { name: 'an index is added', ...same(['qty Int'], ['qty Int', '@@index([qty])'], qty, 'Indexed') },
  { name: 'a relation is added', from: `${model('Author')}${model('Book', 'qty Int')}`,
    to: `${model('Author', 'books Book[]')}${model('Book', 'qty Int', 'authorId Int?', 'author Author? @relation(fields: [authorId], references: [id])')}`,
    old: qty('Book'), new: nested(program('Book', v => ({ qty: v, author: { create: {} } }), row => row.qty, v => ({ qty: v }))) },
  { name: '`Int` becomes `BigInt`', ...same(['qty Int', '@@index([qty])'], ['qty BigInt', '@@index([qty])'], qty, 'Wide'),
    new: program('Wide', v => ({ qty: BigInt(v) }), row => Number(row.qty)) },
  { name: '`BigInt` becomes `Int`', ...same(['qty BigInt'], ['qty Int'], qty, 'Narrow'),
    old: program('Narrow', v => ({ qty: BigInt(v) }), row => Number(row.qty)) },
  { name: 'the key and what refers to it become `BigInt`',
    from: `${model('Whole', 'qty Int', 'parts Part[]')}${model('Part', 'wholeId Int', 'whole Whole @relation(fields: [wholeId], references: [id])')}`,
    to: `model Whole {\n  id BigInt @id @default(autoincrement())\n  qty Int\n  parts Part[]\n}\n${model('Part', 'wholeId BigInt', 'whole Whole @relation(fields: [wholeId], references: [id])')}`,
    old: nested(program('Whole', v => ({ qty: v, parts: { create: {} } }), row => row.qty, v => ({ qty: v }))),
    new: nested(program('Whole', v => ({ qty: v, parts: { create: {} } }), row => row.qty, v => ({ qty: v })), BigInt) },
  { name: '`DateTime` becomes `@db.Timestamptz`', ...same(['at DateTime'], ['at DateTime @db.Timestamptz(3)'], at, 'Zoned'), without: [8] /* it wants a Temporal that this Node has not */ },
  { name: 'a `Decimal` gets fewer places', ...same(['qty Decimal @db.Decimal(12, 4)'], ['qty Decimal @db.Decimal(10, 2)'], name => program(name, v => ({ qty: v }), row => Number(row.qty)), 'Rounded') },
  { name: 'text becomes shorter', ...same(['name String'], ['name String @db.VarChar(8)'], text, 'Short') },
  { name: '`Int` becomes `String`', ...same(['qty Int'], ['qty String'], qty, 'Worded'),
    new: program('Worded', v => ({ qty: String(v) }), row => Number(row.qty)) },
  { name: '`Int` becomes `String` under another name', ...same(['qty Int'], ['/// @renamedFrom(qty)\n  amount String'], qty, 'Retyped'),
    new: program('Retyped', v => ({ amount: `${v}` }), row => number(row.amount)) },
  { name: '`String` becomes `Int`', ...same(['qty String'], ['qty Int'], qty, 'Counted'),
    old: program('Counted', v => ({ qty: String(v) }), row => Number(row.qty)) },
  { name: 'text becomes an enum', from: model('Listed', 'kind String'), to: `${words('ListedKind', ...letters)}${model('Listed', 'kind ListedKind')}`,
    old: letter('Listed'), new: letter('Listed') },
  { name: 'an enum becomes text', from: `${words('FreedKind', ...letters)}${model('Freed', 'kind FreedKind')}`, to: model('Freed', 'kind String'),
    old: letter('Freed'), new: letter('Freed') },
  { name: 'an enum gets a value', from: `${words('GrownKind', ...letters)}${model('Grown', 'kind GrownKind')}`,
    to: `${words('GrownKind', ...letters, 'f')}${model('Grown', 'kind GrownKind')}`, old: letter('Grown'), new: letter('Grown', [...letters, 'f']) },
  { name: "an enum's value is renamed", from: `${words('WordKind', ...letters)}${model('Word', 'kind WordKind')}`,
    to: `${words('WordKind', ...letters.slice(0, 4), '/// @renamedFrom(e)\n  z')}${model('Word', 'kind WordKind')}`,
    old: letter('Word'), new: letter('Word', [...letters.slice(0, 4), 'z']) },
  { name: 'an enum is renamed', from: `${words('OldKind', ...letters)}${model('Kinded', 'kind OldKind')}`,
    to: `/// @renamedFrom(OldKind)\n${words('NewKind', ...letters)}${model('Kinded', 'kind NewKind')}`, old: letter('Kinded'), new: letter('Kinded') },
  { name: 'a scalar becomes a list', ...same(['name String'], ['name String[]'], text, 'Many'),
    new: program('Many', v => ({ name: [`t${v}`] }), row => number(row.name[0].slice(1)), v => ({ name: { has: `t${v}` } })) },
  { name: 'a list becomes a scalar', ...same(['name String[]'], ['name String'], text, 'One'),
    old: program('One', v => ({ name: [`t${v}`] }), row => number(row.name[0].slice(1)), v => ({ name: { has: `t${v}` } })) },
  { name: 'a number becomes `autoincrement()`', ...same(['qty Int', 'no Int'], ['qty Int', 'no Int @default(autoincrement())'], qty, 'Numbered'),
    old: program('Numbered', v => ({ qty: v, no: v }), row => row.qty) },
  { name: 'a key becomes `autoincrement()`', from: 'model Drawn {\n  id Int @id\n  qty Int\n}\n', to: model('Drawn', 'qty Int'),
    old: { ...qty('Drawn'), made: v => ({ id: unique(), qty: v }) }, new: qty('Drawn') },
  { name: 'a field becomes unique', ...same(['qty Int?', 'code Int'], ['qty Int?', 'code Int @unique'], name => program(name, v => ({ qty: v, code: unique() }), row => row.qty, v => ({ qty: v })), 'Single') },
  { name: 'a relation is required, its key filled', from: `${model('Shelf')}${model('Box', 'qty Int')}`,
    to: `${model('Shelf', 'boxes Box[]')}${model('Box', 'qty Int', '/// @backfill(1)\n  shelfId Int', 'shelf Shelf @relation(fields: [shelfId], references: [id])')}`,
    before: client => client.shelf.create({ data: { id: 1 } }),
    old: qty('Box'), new: nested(program('Box', v => ({ qty: v, shelf: { connect: { id: 1 } } }), row => row.qty, v => ({ qty: v }))) },
  { name: 'a relation points at another model', from: `${model('Cat', 'pets Pet[]')}${model('Dog')}${model('Pet', 'qty Int', 'ownerId Int', 'owner Cat @relation(fields: [ownerId], references: [id])')}`,
    to: `${model('Cat')}${model('Dog', 'pets Pet[]')}${model('Pet', 'qty Int', 'ownerId Int', 'owner Dog @relation(fields: [ownerId], references: [id])')}`,
    before: async client => { await client.cat.create({ data: { id: 1 } }); await client.dog.create({ data: { id: 1 } }) },
    old: program('Pet', v => ({ qty: v, ownerId: 1 }), row => row.qty), new: program('Pet', v => ({ qty: v, ownerId: 1 }), row => row.qty) },
  { name: 'an enum loses a value', from: `${words('ShrunkKind', ...letters, 'f')}${model('Shrunk', 'kind ShrunkKind')}`,
    to: `${words('ShrunkKind', ...letters)}${model('Shrunk', 'kind ShrunkKind')}`, old: letter('Shrunk'), new: letter('Shrunk') },
  { name: 'a unique field becomes the key', from: 'model Keyed {\n  id Int @id @default(autoincrement())\n  code Int @unique @default(autoincrement())\n  qty Int\n}\n',
    to: 'model Keyed {\n  id Int @default(autoincrement())\n  code Int @id @default(autoincrement())\n  qty Int\n}\n', old: { ...qty('Keyed'), by: 'code' }, new: { ...qty('Keyed'), by: 'code' } },
]
