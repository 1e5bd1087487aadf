// known.mjs - where `db pull` writes another text than the reference, and why. docs/divergences.md says it at length.
const names = 'a name without a letter, or one that is taken, is made up: the reference comments the column or value out, or writes the name twice'
const values = 'an enum value in a list default is called by its name: the reference takes the database\'s, which is no value'
const types = 'a type without a word is written as the server writes it, with modifier, schema and array mark: the reference\'s makes another column'
const kept = 'fields of many-to-many relations keep their names: the reference forgets those of self relations, and of models called otherwise than their tables'
const extensions = 'extensions stay in the datasource: this build of the reference forgets them'
const ignored = '`@ignore` stays on relation fields: it is the author\'s, and without it a text may be refused'
const docs = 'what stands above a relation field or the datasource stays: the reference forgets it'
const lists = 'the items of a stored list are literals, whatever their cast; a null item is none'
const odd = 'a comment inside the datasource is not taken for one above it'
const clash = 'a relation field never has the name of a column or of another: the reference writes both'
const indexes = 'included columns are no key, a second unique on one column is not forgotten, classes an index needs are written'
const generators = 'a generator with an object is not forgotten'
const partial = 'partial indexes are left out where no generator can switch them on: the reference\'s text is refused'
const prisma = 'join tables stay relations without foreign keys in the schema: the reference forgets them'
const joins = 'a join table with a third column stays a model: the reference forgets the column'
const twice = 'foreign keys over the same columns are all said: the reference forgets all but one'
const maps = 'a relation has the name its foreign key has in the database'
const all = reason => label => ({ [label]: reason, [`${label} again`]: reason })
const again = reason => label => ({ [`${label} again`]: reason })

export const known = Object.assign({},
  again(kept)('schemas/blog'), again(kept)('schemas/join-tables-of-one-name'), again(kept)('schemas/clinic-in-many-files'), all(odd)('schemas/comments-everywhere'),
  all(values)('schemas/defaults-lists'), all(`${names}; ${values}`)('schemas/enums-mapped'), all(extensions)('schemas/extension-schema'),
  all(extensions)('schemas/extensions'), again(ignored)('schemas/ignored-things'), again(kept)('schemas/long-names'),
  all(names)('schemas/long-names-multibyte'), all(`${names}; ${values}`)('schemas/mapped-odd-names'),
  again(kept)('schemas/multi-schema-many-to-many'), again(kept)('schemas/relation-many-implicit'),
  all(kept)('schemas/relation-many-self-and-named'), all(types)('schemas/unsupported-types'),
  all(`${indexes}; ${ignored}`)('schemas/uniques-the-client-does-not-see'),
  all(twice)('databases/keys-over-the-same-columns'),
  { 'databases/defaults': `${names}; ${values}; ${lists}`, 'databases/types': `${types}; ${names}` },
  all(`${generators}; ${indexes}; ${lists}; domains over domains are what they are over`)('databases/inherited-and-literals'),
  again(`${kept}; ${maps}; ${types}`)('databases/kept-from-the-schema'),
  { 'databases/keys-and-notes': `${names}; ${indexes}; ${partial}`, 'databases/more-odd-names': `${names}; ${types}` },
  { 'databases/odd-names': `${names}; ${clash}; ${joins}; ${twice}`, 'databases/relations-and-indexes': `${indexes}; ${partial}` },
  all(prisma)('databases/relations-copied'), again('the name of a many-to-many relation is the one its table has')('databases/relations-kept'),
  { 'databases/renamed-by-the-user': names, 'databases/renamed-by-the-user again': `${names}; ${docs}` },
  all(`${types}; ${clash}`)('databases/several-schemas'),
  { 'databases/views-and-extensions': extensions, 'databases/views-and-extensions again': `${extensions}; ${docs}` })

// Databases the language cannot say exactly, so that a difference is left.
const foreign = 'its join tables were not made by these tools: their keys have other names and actions'
const contradicted = 'schema and database contradict each other'
export const noRoundTrip = Object.assign({}, all(foreign)('databases/keys-and-notes'), all(foreign)('databases/odd-names'),
  all(foreign)('databases/relations-and-indexes'), all('the schema has no foreign keys, the database has')('databases/relations-copied'),
  all(`${foreign}; ${contradicted} about extensions`)('databases/views-and-extensions'))
