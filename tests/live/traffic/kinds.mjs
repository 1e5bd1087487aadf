// kinds.mjs - kinds of changes, and how the programs of both schemas look at the same values.
//
// { name, from, to, table, seed, old, new }: schema bodies; seed fills the table with keys 1..n, each of the value 1 + key % 900.
// `alone`: the plan says that the programs cannot both work, so the old one is stopped before the contract phase begins and the new
// one started behind it; how long nobody could work is told. `draws`: the program's inserts leave the key to the database; `counts`:
// it counts up the greatest it knows, and tries again where somebody was faster, so that its duplicates are no faults. `losses`: the plan names something as lost, which `migrate dev` asks to
// consent to. `casts`: the client casts its parameters to that type, as Prisma's does for an enum.

const number = Number
const seedOf = columns => `INSERT INTO "Item" ("id", ${columns.map(([name]) => `"${name}"`).join(', ')})
  SELECT k, ${columns.map(([, sql]) => sql).join(', ')} FROM (SELECT g AS k, 1 + g % 900 AS v FROM generate_series(1, :rows) AS g) AS s`
const item = fields => `model Item {\n  id Int @id\n${fields.map(f => `  ${f}\n`).join('')}}\n`
const plain = { table: 'Item', key: 'id' }
const qty = { ...plain, columns: ['qty'], row: v => [v], value: r => number(r.qty) }
const name = { ...plain, columns: ['name'], row: v => [`t${v}`], value: r => number(r.name.slice(1)) }
const at = { ...plain, columns: ['at'], row: v => [new Date(Date.UTC(2026, 0, 1, 0, v)).toISOString()], value: r => Math.round((r.at - Date.UTC(2026, 0, 1)) / 60000) }
const words = `enum Word {\n${Array.from({ length: 901 }, (_, i) => `  t${i}\n`).join('')}}\n`
const more = words.replace('}', '  more\n}')
const labelled = `${item(['name Word', 'label Label @relation(fields: [name], references: [name])'])}model Label {\n  name Word @id\n  items Item[]\n}\n`
const asEnum = { ...name, casts: { name: '"public"."Word"' } }
const listed = { ...name, row: v => [[`t${v}`]], value: r => number(r.name[0].slice(1)) }
const seedQty = seedOf([['qty', 'v']])
const seedNumbered = `${seedOf([['no', 'k'], ['qty', 'v']])}; SELECT setval('"Item_id_seq"', 50000000)`
const seedName = seedOf([['name', "'t' || v"]])

export const kinds = [
  { name: 'column-added', from: item(['qty Int']), to: item(['qty Int', 'extra Int @default(3)']), seed: seedQty, old: qty,
    new: { ...qty, columns: ['qty', 'extra'], row: v => [v, 5] } },
  { name: 'column-from-row', from: item(['qty Int']), to: item(['qty Int', '/// @backfill(qty * 2)\n  twice Int']), seed: seedQty, old: qty,
    new: { ...qty, columns: ['qty', 'twice'], row: v => [v, 2 * v], value: r => r.twice === null ? 'null' : number(r.qty) } },
  { name: 'column-dropped', from: item(['qty Int', 'extra Int']), to: item(['qty Int']), losses: true,
    seed: seedOf([['qty', 'v'], ['extra', '7']]), old: { ...qty, columns: ['qty', 'extra'], row: v => [v, 7] }, new: qty },
  { name: 'column-renamed', from: item(['name String']), to: item(['/// @renamedFrom(name)\n  title String']), seed: seedName, old: name,
    new: { ...name, columns: ['title'], value: r => number(r.title.slice(1)) } },
  { name: 'table-renamed', from: item(['name String']), to: item(['name String', '@@map("Thing")']), seed: seedName, old: name, new: { ...name, table: 'Thing' } },
  { name: 'made-required', from: item(['qty Int?']), to: item(['/// @backfill(1)\n  qty Int']), seed: seedQty, old: qty, new: qty },
  { name: 'index-added', from: item(['qty Int']), to: item(['qty Int', '@@index([qty])']), seed: seedQty, old: qty, new: qty },
  { name: 'int-to-bigint', from: item(['qty Int', '@@index([qty])']), to: item(['qty BigInt', '@@index([qty])']), seed: seedQty, old: qty, new: qty },
  { name: 'time-to-timestamptz', from: item(['at DateTime']), to: item(['at DateTime @db.Timestamptz(3)']), zone: true,
    seed: seedOf([['at', "timestamp '2026-01-01' + v * interval '1 min'"]]), old: at, new: at },
  { name: 'key-to-bigint', from: keyed('Int'), to: keyed('BigInt'), seed: `${seedName}; SELECT setval('"Item_id_seq"', 50000000);
    INSERT INTO "Part" ("id", "itemId", "no") SELECT g, g, g FROM generate_series(1, :rows) AS g`,
    old: name, new: name, extra: 'INSERT INTO "Item" ("name") VALUES (\'t1\')' },
  { name: 'unique-to-bigint', from: numbered('no Int'), to: numbered('no BigInt'), old: { ...qty, key: 'no' }, new: { ...qty, key: 'no' },
    seed: seedNumbered },
  { name: 'renamed-to-text', from: item(['qty Int', '@@index([qty])']), to: item(['/// @renamedFrom(qty)\n  amount String', '@@index([amount])']), seed: seedQty,
    old: qty, new: { ...plain, columns: ['amount'], row: v => [String(v)], value: r => number(r.amount) } },
  { name: 'unique-renamed-to-text', from: numbered('no Int'), to: numbered('/// @renamedFrom(no)\n  code String'), seed: seedNumbered,
    old: { ...qty, key: 'no' }, new: { ...qty, key: 'code' } },
  { name: 'beside-a-rename', from: item(['qty Int', 'name String']), to: item(['qty BigInt', '/// @renamedFrom(name)\n  title String']),
    seed: seedOf([['qty', 'v'], ['name', "'t' || v"]]), old: { ...qty, columns: ['qty', 'name'], row: v => [v, `t${v}`] },
    new: { ...qty, columns: ['qty', 'title'], row: v => [v, `t${v}`] } },
  { name: 'text-to-enum', from: item(['name String', '@@index([name])']), to: `${words}${item(['name Word', '@@index([name])'])}`, losses: true,
    seed: seedName, old: name, new: asEnum },
  { name: 'enum-to-text', from: `${words}${item(['name Word'])}`, to: item(['name String']), seed: seedOf([['name', `('t' || v)::"Word"`]]), old: asEnum, new: name },
  { name: 'enum-value-added', from: `${words}${item(['name Word'])}`, to: `${words.replace('}', '  more\n}')}${item(['name Word'])}`,
    seed: seedOf([['name', `('t' || v)::"Word"`]]), old: asEnum, new: asEnum },
  { name: 'enum-value-removed', from: `${words.replace('}', '  more\n}')}${item(['name Word', '@@index([name])'])}`, to: `${words}${item(['name Word', '@@index([name])'])}`,
    losses: true, seed: seedOf([['name', `('t' || v)::"Word"`]]), old: asEnum, new: asEnum },
  { name: 'enum-default-removed', from: `${more}${item(['name Word @default(more)'])}`, to: `${words}${item(['name Word @default(t1)'])}`, losses: true,
    seed: seedOf([['name', `('t' || v)::"Word"`]]), old: asEnum, new: asEnum },
  { name: 'enum-shrinks-and-field-comes', from: `${more}${item(['name Word'])}`, to: `${words}${item(['name Word', 'kind Word @default(t3)', '@@index([kind])'])}`, losses: true,
    seed: seedOf([['name', `('t' || v)::"Word"`]]), old: asEnum,
    new: { ...asEnum, columns: ['name', 'kind'], row: v => [`t${v}`, `t${v}`], casts: { ...asEnum.casts, kind: '"public"."Word"' } } },
  { name: 'enum-shrinks-and-is-required', from: `${more}${item(['name Word?'])}`, to: `${words}${item([`/// @backfill('t1')\n  name Word`])}`, losses: true,
    seed: seedOf([['name', `('t' || v)::"Word"`]]), old: asEnum, new: asEnum },
  { name: 'enum-shrinks-in-keys', from: `${more}${labelled}`, to: `${words}${labelled}`, losses: true, old: asEnum, new: asEnum,
    seed: `INSERT INTO "Label" ("name") SELECT ('t' || g)::"Word" FROM generate_series(0, 900) AS g; ${seedOf([['name', `('t' || v)::"Word"`]])}` },
  { name: 'bigint-to-int', from: item(['qty BigInt', '@@index([qty])']), to: item(['qty Int', '@@index([qty])']), losses: true, seed: seedQty, old: qty, new: qty },
  { name: 'text-shortened', from: item(['name String']), to: item(['name String @db.VarChar(8)']), losses: true, seed: seedName, old: name, new: name },
  { name: 'decimal-rounded', from: item(['qty Decimal @db.Decimal(12, 4)']), to: item(['qty Decimal @db.Decimal(10, 2)']), losses: true, seed: seedQty, old: qty, new: qty },
  { name: 'timestamptz-to-time', from: item(['at DateTime @db.Timestamptz(3)']), to: item(['at DateTime']), zone: true,
    seed: seedOf([['at', "timestamptz '2026-01-01 00:00Z' + v * interval '1 min'"]]), old: at, new: at },
  { name: 'key-to-int', from: keyed('BigInt'), to: keyed('Int'), losses: true, seed: `${seedName}; SELECT setval('"Item_id_seq"', 50000000);
    INSERT INTO "Part" ("id", "itemId", "no") SELECT g, g, g FROM generate_series(1, :rows) AS g`,
    old: name, new: name, extra: 'INSERT INTO "Item" ("name") VALUES (\'t1\')' },
  { name: 'counted', from: item(['no Int', 'qty Int']), to: item(['no Int @default(autoincrement())', 'qty Int']), seed: seedOf([['no', 'k'], ['qty', 'v']]),
    old: { ...qty, columns: ['qty', 'no'], row: (v, key) => [v, key] }, new: qty },
  { name: 'key-counted', from: item(['qty Int']), to: 'model Item {\n  id Int @id @default(autoincrement())\n  qty Int\n}\n', seed: seedQty,
    old: { ...qty, counts: true }, new: { ...qty, draws: true }, extra: 'INSERT INTO "Item" ("qty") VALUES (1)' },
  { name: 'made-optional', from: item(['qty Int']), to: item(['qty Int?']), seed: seedQty, old: qty, new: qty },
  { name: 'int-to-text', from: item(['qty Int']), to: item(['qty String']), alone: true, seed: seedQty, old: qty, new: { ...qty, row: v => [String(v)] } },
  { name: 'text-to-int', from: item(['qty String']), to: item(['qty Int']), alone: true, losses: true, seed: seedOf([['qty', 'v::text']]),
    old: { ...qty, row: v => [String(v)] }, new: qty },
  { name: 'scalar-to-list', from: item(['name String']), to: item(['name String[]']), alone: true, seed: seedName, old: name, new: listed },
  { name: 'list-to-scalar', from: item(['name String[]']), to: item(['name String']), alone: true, losses: true, seed: seedOf([['name', "ARRAY['t' || v]"]]), old: listed, new: name },
]

function keyed(type) {
  return `model Item {\n  id ${type} @id @default(autoincrement())\n  name String\n  parts Part[]\n}
model Part {\n  id Int @id\n  itemId ${type}\n  no Int\n  item Item @relation(fields: [itemId], references: [id], onDelete: Cascade)\n\n  @@index([itemId])\n}\n`
}

function numbered(field) {
  return `model Item {\n  id Int @id @default(autoincrement())\n  ${field} @unique\n  qty Int\n}\n`
}
