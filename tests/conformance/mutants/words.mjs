// words.mjs - the vocabulary of the schema language, right and wrong, that generator and mutations draw from.

export const scalars = ['Int', 'BigInt', 'Float', 'Decimal', 'Boolean', 'String', 'DateTime', 'Json', 'Bytes']

// Native types by scalar, with arguments that are right.
export const natives = {
  Int: ['SmallInt', 'Integer', 'Oid'],
  BigInt: ['BigInt'],
  Float: ['Real', 'DoublePrecision'],
  Decimal: ['Decimal', 'Decimal(10, 2)', 'Decimal(65, 30)', 'Decimal(1, 0)', 'Decimal(1000, 1000)', 'Money'],
  Boolean: ['Boolean'],
  String: ['Text', 'VarChar', 'VarChar(1)', 'VarChar(255)', 'Char', 'Char(3)', 'Bit', 'Bit(8)', 'VarBit', 'VarBit(9)', 'Uuid', 'Xml', 'Inet', 'Citext'],
  DateTime: ['Timestamp', 'Timestamp(0)', 'Timestamp(6)', 'Timestamptz', 'Timestamptz(3)', 'Date', 'Time', 'Time(2)', 'Timetz', 'Timetz(6)'],
  Json: ['Json', 'JsonB'],
  Bytes: ['ByteA'],
}

export const allNatives = Object.values(natives).flat()

export const wrongNatives = [
  'text', 'Bytea', 'JSONB', 'Int', 'String', 'TinyInt', 'UnsignedInt', 'ObjectId', 'NVarChar(10)', 'DateTime2', 'Serial', 'Interval', 'Varchar(3)',
  'VarChar(0)', 'VarChar(-1)', 'VarChar(10485761)', 'VarChar(65536)', 'VarChar("a")', 'VarChar(a)', 'VarChar(1, 2)', 'VarChar(1.5)', 'VarChar()', 'VarChar(4294967295)',
  'VarChar(4294967296)', 'VarChar(n: 3)', 'VarChar([1])', 'Char(0)', 'Char(-2)', 'Char(10485761)', 'Bit(0)', 'Bit(-1)', 'Bit(83886081)', 'VarBit(0)', 'Decimal(5)',
  'Decimal(5, 6)', 'Decimal(0, 0)', 'Decimal(1001, 2)', 'Decimal(10, -2)', 'Decimal(1000, 1001)', 'Decimal(1, 2, 3)', 'Decimal(2.5, 1)', 'Timestamp(7)', 'Timestamp(-1)',
  'Timestamptz(10)', 'Time(7)', 'Timetz(99)', 'Date(1)', 'Uuid(3)', 'Integer(1)', 'SmallInt(2)', 'Text(10)', 'Real(1)', 'Json(1)', 'Boolean(1)', 'Money(2)', 'Inet()', 'Xml(1)',
]

// Defaults by scalar, right.
export const defaults = {
  Int: ['0', '1', '-5', '2147483647', 'autoincrement()', 'dbgenerated("1 + 1")', 'dbgenerated()'],
  BigInt: ['0', '9223372036854775807', '-9223372036854775808', 'autoincrement()', 'dbgenerated("7")'],
  Float: ['1', '1.5', '-0.25', 'dbgenerated("random()")'],
  Decimal: ['1', '1.50', '"1.5"', '"-3"', 'dbgenerated("1.1")'],
  Boolean: ['true', 'false', 'dbgenerated("false")'],
  String: ['"x"', '""', '"it\'s"', '"a\\"b"', 'uuid()', 'uuid(4)', 'uuid(7)', 'cuid()', 'cuid(1)', 'cuid(2)', 'ulid()', 'nanoid()', 'nanoid(2)', 'nanoid(255)', 'dbgenerated("gen_random_uuid()")'],
  DateTime: ['now()', '"2020-01-31T23:59:00Z"', '"2020-01-31T23:59:00.5+02:00"', 'dbgenerated("now()")'],
  Json: ['"{}"', '"[]"', '"{\\"a\\": 1}"', '"1"', '"null"', 'dbgenerated("\'{}\'")'],
  Bytes: ['"SGVsbG8="', '""', 'dbgenerated("\'x\'")'],
}

export const listDefaults = {
  Int: ['[]', '[1, 2]'], BigInt: ['[]', '[1]'], Float: ['[1.5]', '[]'], Decimal: ['[1.5, 2]', '["1.5"]'], Boolean: ['[true]', '[]'],
  String: ['["a", "b"]', '[]'], DateTime: ['["2020-01-31T23:59:00Z"]', '[]'], Json: ['["{}"]', '[]'], Bytes: ['["SGVsbG8="]', '[]'],
}

export const wrongDefaults = [
  'auto()', 'sequence()', 'env("X")', 'now(1)', 'uuid(5)', 'uuid("7")', 'uuid(4, 7)', 'uuid(version: 4)', 'cuid(3)', 'cuid(0)', 'ulid(1)', 'nanoid(1)', 'nanoid(256)', 'nanoid(-1)', 'nanoid("5")',
  'nanoid(2.5)', 'dbgenerated("")', 'dbgenerated(1)', 'dbgenerated("a", "b")', 'autoincrement(1)', 'foo', 'foo()', 'true', 'TRUE', 'null', 'None', '"abc"', '"2020-01-31"', '"2020-01-31T10:00"', '"not json {"',
  '"###"', '"YQ"', '1.0', '1.5', '99999999999999999999', '9223372036854775808', '2147483648', '-2147483649', '[1, "a"]', '[now()]', '[[1]]', '[true, 1]', 'a.b', '{ a: 1 }', '"1.5e3"', '"1,5"', '"x" , "y"', '',
  'value: 1', 'value: "x"', 'valu: 1', '1, map: "df"', 'map: "df", value: 1', 'uuid', 'now', 'autoincrement', 'ulid()', 'cuid()', 'now()', 'autoincrement()', '"NaN"', '"Infinity"', '"-"', '"+1"', '".5"', '"1."',
]

export const actions = ['Cascade', 'Restrict', 'NoAction', 'SetNull', 'SetDefault']
export const wrongActions = ['cascade', 'Delete', '"Cascade"', 'SetNull()', '[Cascade]', 'DoNothing', '1']

export const methods = ['BTree', 'Hash', 'Gist', 'Gin', 'SpGist', 'Brin']
export const wrongMethods = ['btree', 'BTREE', '"Gin"', 'FullText', 'GiST', 'Normal', '[Gin]', '1']

const brin = ['Bloom', 'MinMax', 'MinMaxMulti']
export const operatorClasses = [
  'InetOps', 'JsonbOps', 'JsonbPathOps', 'ArrayOps', 'TextOps', 'BitMinMaxOps', 'VarBitMinMaxOps', 'BpcharBloomOps', 'BpcharMinMaxOps', 'ByteaBloomOps',
  'ByteaMinMaxOps', 'InetInclusionOps', 'TextBloomOps', 'TextMinMaxOps',
  ...['Date', 'Float4', 'Float8', 'Inet', 'Int2', 'Int4', 'Int8', 'Numeric', 'Oid', 'Timestamp', 'TimestampTz', 'Time', 'TimeTz', 'Uuid'].flatMap(t => brin.map(k => `${t}${k}Ops`)),
]
export const wrongClasses = ['raw("text_pattern_ops")', 'raw("")', 'raw()', 'raw(1)', 'raw("a", "b")', 'raw(x)', 'FooOps', 'jsonbOps', '"JsonbOps"', 'TextOps()', '[TextOps]', 'VarBitBloomOps', 'BitBloomOps', 'TextMinMaxMultiOps', 'MoneyOps']

export const reserved = [
  'String', 'Int', 'Json', 'async', 'class', 'enum', 'PrismaClient', 'Prisma', 'await', 'yield', 'model', 'type', 'view', 'true', 'false', 'null', 'void', 'let', 'var', 'static', 'get', 'set', 'of', 'Object',
  'undefined', 'never', 'any', 'AND', 'OR', 'NOT', 'select', 'where', 'Aggregate', 'Self', 'self', 'fn', 'crate', 'super', 'interface', 'implements', 'Unsupported', 'Symbol', 'Promise', 'arguments', 'eval',
  '1abc', '9', 'a-b', 'a-', '_a', '__', 'Ünï', 'naïve', '日本', 'a.b', 'x y', '"x"', '$a', 'a$b', 'Δ', 'a1', 'x'.repeat(64), 'y'.repeat(100),
]

export const previews = [
  'views', 'postgresqlExtensions', 'partialIndexes', 'fullTextSearchPostgres', 'nativeDistinct', 'relationJoins', 'schemaEngineDriverAdapters', 'shardKeys', 'strictUndefinedChecks', 'typedSql', 'metrics',
  'multiSchema', 'driverAdapters', 'tracing', 'omitApi', 'prismaSchemaFolder', 'queryCompiler', 'deno', 'fullTextSearch', 'fullTextIndex', 'extendedWhereUnique', 'referentialIntegrity', 'clientExtensions',
  'filteredRelationCount', 'fieldReference', 'orderByNulls', 'mongoDb', 'mongodb', 'interactiveTransactions', 'namedConstraints', 'extendedIndexes', 'cockroachDb', 'cockroachdb', 'improvedQueryRaw', 'jsonProtocol',
  'nApi', 'referentialActions', 'dataProxy', 'interactivetransactions', 'microsoftSqlServer', 'connectOrCreate', 'transactionApi', 'uncheckedScalarInputs', 'atomicNumberOperations', 'aggregateApi', 'middlewares',
  'distinct', 'groupBy', 'createMany', 'insensitiveFilters', 'orderByAggregateGroup', 'orderByRelation', 'selectRelationCount', 'middlewareApi', 'nativeTypes', 'VIEWS', 'Views', 'partialindexes', 'reactNative', 'noSuchThing', '',
]

export const providers = ['postgresql', 'postgres', 'mysql', 'sqlite', 'sqlserver', 'mongodb', 'cockroachdb', 'prisma+postgres', 'Postgresql', 'oracle', '']

export const datasourceLines = [
  'url = env("DATABASE_URL")', 'url = "postgresql://localhost/x"', 'url = "mysql://localhost/x"', 'url = ""', 'url = 5', 'url = env(X)', 'url = env()', 'url = env("A", "B")', 'url = env("")', 'url = [env("X")]', 'url = foo("x")', 'url =',
  'url "x"', 'directUrl = env("DIRECT")', 'directUrl = 3', 'shadowDatabaseUrl = env("SHADOW")', 'shadowDatabaseUrl = env("DATABASE_URL")', 'shadowDatabaseUrl = ""', 'relationMode = "prisma"', 'relationMode = "foreignKeys"',
  'relationMode = prisma', 'relationMode = "foreignkeys"', 'relationMode = ["prisma"]', 'referentialIntegrity = "prisma"', 'referentialIntegrity = "foreignKeys"', 'referentialIntegrity = "x"', 'schemas = ["public"]', 'schemas = ["a", "b"]', 'schemas = []', 'schemas = "public"',
  'schemas = ["a", "a"]', 'schemas = [a]', 'schemas = ["a", 1]', 'schemas = [""]', 'extensions = [citext]', 'extensions = [uuidOssp(map: "uuid-ossp")]', 'extensions = ["citext"]', 'extensions = citext', 'extensions = []',
  'extensions = [citext, citext]', 'extensions = [pg-trgm]', 'extensions = [a(schema: "public", version: "1.1")]', 'extensions = [a(b: "c")]', 'extensions = [a(map: 1)]', 'extensions = [a("x")]', 'extensions = [a(map: "")]', 'extensions = [a()]', 'extensions = [a(map: "x", map: "y")]',
  'provider = "postgresql"', 'provider = env("P")', 'provider = ["postgresql"]', 'provider = postgresql', 'provider = 1', 'provider =', 'foo = "bar"', 'foo = 1', 'previewFeatures = ["views"]', 'Url = "x"', 'enabled = true', 'default = true', 'provider "postgresql"',
  '@@map("x")', 'a Int', 'url = env("DATABASE_URL") // x', 'url: "x"', 'relationMode = env("X")', 'schemas = ["public", "auth"] @x',
]

export const generatorLines = [
  'provider = "prisma-client-js"', 'provider = env("X")', 'provider = ["a"]', 'provider = 5', 'provider = foo', 'provider = ""', 'output = "../x"', 'output = env("OUT")', 'output = 3', 'output = ["a"]', 'output = foo', 'previewFeatures = []', 'previewFeatures = "views"',
  'previewFeatures = [views]', 'previewFeatures = [1]', 'previewFeatures = ["views", "views"]', 'previewFeatures = env("X")', 'previewFeatures = ["foo"]', 'binaryTargets = ["native"]', 'binaryTargets = "native"', 'binaryTargets = [env("X")]', 'binaryTargets = env("X")',
  'binaryTargets = 5', 'binaryTargets = [native]', 'engineType = "binary"', 'engineType = "library"', 'engineType = 3', 'engineType = env("E")', 'engineType = [a]', 'foo = "bar"', 'foo = 1', 'foo = true', 'foo = ["a", "b"]', 'foo = [1, a]', 'foo = { a: 1 }', 'foo = bar()', 'foo = env("X")', 'foo = []', 'foo = [[1]]',
  'foo =', 'foo = 1 2', 'foo "bar"', 'foo bar', '@@x', 'isCustom = a.b', 'a-b = "x"', '_x = 1', '1x = 2', 'provider', 'moduleFormat = "esm"', 'foo = { a: "x", b: [1] }', 'foo = {}', 'foo = -1.5', 'foo = "a" // c', 'env = "x"', 'config = "y"', 'name = "z"',
]

export const fieldAttributes = [
  '@id', '@unique', '@updatedAt', '@ignore', '@id(map: "pk")', '@id()', '@id(sort: Desc)', '@id(length: 3)', '@id(clustered: true)', '@id(name: "x")', '@id("x")', '@id(map: "")', '@id(map: 5)', '@id(sort: Up)', '@id(foo: 1)', '@unique(map: "uq")', '@unique(sort: Desc)', '@unique(sort: Asc)',
  '@unique(sort: asc)', '@unique(length: 10)', '@unique(length: "x")', '@unique(clustered: false)', '@unique(clustered: 1)', '@unique("x")', '@unique(name: "x")', '@unique(ops: TextOps)', '@unique(where: raw("id > 1"))', '@unique(where: raw(""))', '@unique(map: "")', '@unique(fields: [id])',
  '@map("col")', '@map("id")', '@map("")', '@map(name: "col")', '@map(nam: "x")', '@map(col)', '@map(1)', '@map()', '@map', '@map("a", "b")', '@map("a b\\"c")', '@updatedAt()', '@updatedAt(1)', '@ignore(true)', '@ignore()', '@foo', '@foo(1)', '@Id', '@ID', '@default', '@default()', '@relation', '@relation()',
  '@relation("R")', '@index', '@schema("a")', '@deprecated', '@db', '@db.', '@.x', '@db.Text.x', '@pg.Text', '@DB.Text', '@shardKey', '@fulltext', '@id @id', '@unique @unique', '@db.Text @db.Text', '@prisma.x', '@x.y.z', '@ id', '@ map("z")', '@unique (map: "q")', '@map(name: "a", name: "b")', '@omit', '@generated("1")', '@default(now()) @updatedAt',
  '@map("' + 'c'.repeat(70) + '")', '@unique(map: "' + 'u'.repeat(63) + '")', '@unique(map: "' + 'u'.repeat(64) + '")', '@id(map: "' + 'i'.repeat(64) + '")',
]

export const blockAttributes = [
  '@@ignore', '@@ignore()', '@@ignore(true)', '@@map("tab")', '@@map("")', '@@map(name: "tab")', '@@map(tab)', '@@map', '@@map()', '@@map("a", "b")', '@@schema("public")', '@@schema("auth")', '@@schema("nope")', '@@schema(map: "public")', '@@schema(public)', '@@schema()', '@@schema', '@@schema(name: "public")',
  '@@schema("")', '@@fulltext([id])', '@@shardKey([id])', '@@foo', '@@foo([id])', '@@id', '@@id()', '@@id([])', '@@unique([])', '@@index([])', '@@index', '@@index()', '@@index([id])', '@@unique([id])', '@@id([id])', '@@id(id)', '@@unique(id)', '@@index(id)', '@@index("id")', '@@index(["id"])', '@@index([id, id])',
  '@@unique([id, id])', '@@id([id, id])', '@@index([nope])', '@@unique([nope])', '@@id([nope])', '@@index(fields: [id])', '@@unique(fields: [id])', '@@index(field: [id])', '@@index([id], name: "i")', '@@index([id], map: "i")', '@@index([id], name: "i", map: "j")', '@@index([id], map: "")', '@@index([id], map: 1)',
  '@@index([id], name: "")', '@@index([id], "x")', '@@index([id], [id])', '@@index([id], type: Gin, type: Gin)', '@@unique([id], name: "n")', '@@unique([id], name: "n-x")', '@@unique([id], name: "")', '@@unique([id], name: "id")', '@@unique([id], map: "u")', '@@unique([id], type: Hash)', '@@unique([id], ops: X)', '@@id([id], map: "p")',
  '@@id([id], name: "p")', '@@id([id], name: "id")', '@@id([id], type: Hash)', '@@index([id(sort: Desc)])', '@@index([id(sort: Down)])', '@@index([id(length: 5)])', '@@index([id(ops: Int4MinMaxOps)])', '@@index([id(foo: 1)])', '@@index([id()])', '@@index([id("x")])', '@@index([id.x])', '@@index([id(sort: Desc, sort: Asc)])',
  '@@unique([id(sort: Desc)])', '@@unique([id(ops: X)])', '@@unique([id(length: 5)])', '@@id([id(sort: Desc)])', '@@id([id(length: 5)])', '@@index([id], clustered: true)', '@@unique([id], clustered: false)', '@@id([id], clustered: true)', '@@index([id], where: raw("id > 1"))', '@@unique([id], where: { id: 1 })', '@@index([id], where: { })',
  '@@index([id], where: { nope: 1 })', '@@index([id], where: { id: { not: 1 } })', '@@index([id], where: { id: { not: 1, gt: 2 } })', '@@index([id], where: { id: { gt: 1 } })', '@@index([id], where: "id > 1")', '@@index([id], where: raw(1))', '@@index([id], where: raw())', '@@index([id], where: { id: null })', '@@index([id], where: { id: "a" })',
  '@@index([id], where: { id: [1] })', '@@index([id], where: { id: -1, id: 2 })', '@@index([id], where: foo)', '@@index([id], where: { id: true })', '@@index([id], where: { id: now() })', '@@index([id], where: { id: 1.5 })', '@@id([id]) @@map("x")', '@map("x")', '@@ map("y")', '@@db.Text', '@@relation', '@@default(1)', '@@unique', '@@check("x")', '@@auth',
  '@@map("' + 't'.repeat(70) + '")', '@@index([id], map: "' + 'i'.repeat(63) + '")', '@@index([id], map: "' + 'i'.repeat(64) + '")', '@@unique([id], map: "' + 'é'.repeat(32) + '")', '@@unique([id], name: "' + 'n'.repeat(64) + '")', '@@index([id,])', '@@index([,id])', '@@index([id],)', '@@index([id] map: "x")', '@@index(\n[id])', '@@index([id\n])',
]

export const numbers = ['0', '-1', '1', '2', '6', '7', '10', '63', '255', '256', '1000', '1001', '2147483647', '2147483648', '4294967295', '4294967296', '9223372036854775807', '9223372036854775808', '1.5', '-0', '007', '1e3', '+1', '.5', '5.', '1_000', '0x1f', '--1', '1.2.3']

// Whole lines that are nearly something.
export const oddLines = [
  'x', '}', '{', '}}', 'x Int Int', 'x [Int]', 'x Int!', 'x: Int', 'x Int[]?', 'x Int?[]', 'x Int??', 'x Int[][]', 'x String @default("a', "x String @default('a')", 'x Int @default(1', 'x Int @default(1))', 'x Int = 1', 'x Unsupported("point")', 'x Unsupported()', 'x Unsupported("")', 'x Unsupported("a")? @ignore', 'x Unsupported(point)',
  'x Unsupported', 'x Nope', 'x nope?', 'x int', 'x string', 'x Int // c', 'x Int /// d', '// only a comment', '/// only documentation', '/* c */', 'x Int /* c */', '/* c */ x Int', 'x Int, y Int', 'x Int; y Int', 'x Int y Int', '1x Int', 'x-y Int', '_x Int', 'é Int', 'x Int @db.VarChar', 'x String @db.VarChar(3) @db.Text', '@@x @@y', '@x',
  'x Int @id @unique @map("y")', '"x" Int', 'x "Int"', 'x Int @default(\t1\t)', '\tx\tInt\t', 'x  Int   @map( "z" )', 'x Int @map(name : "z")', 'x Int @unique(map:"z")', 'x\u00a0Int', 'x\u3000Int', 'x Int\u2028', '\ufeffx Int', 'x Int @default(-1)', 'x Int @default(- 1)', 'x Int @default(1 2)', 'x Int @default(1,)', 'x Int @default(,1)', 'model X {', 'enum E { A }', 'model M { id Int @id }',
  'datasource x {', 'type T = Int', 'type T = String @db.Text', 'model', 'enum', 'model {', 'model X', 'model X Y {', 'Model X {', 'extend model X {', 'x Int #c', 'x Int -- c', 'import "x"', 'a.b Int', 'x a.B', 'x Int @a.b.c(1)', 'x Int @@index([x])', 'x String @default("\\x")', 'x String @default("\\u00e9\\n\\t")', 'x String @default("\\ud800")', 'x String @default("\\ud83d\\ude00")', 'x String @default("\t")',
]
