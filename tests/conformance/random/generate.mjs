// generate.mjs - a random schema that uses any feature of the language.
import { Names, drawTaste } from './names.mjs'
import { Parts } from './parts.mjs'

export function drawSchema(r) {
  const names = new Names(r, drawTaste(r)), parts = new Parts(r, names)
  const schema = {
    schemas: r.chance(0.15) ? ['public', ...r.some(['auth', 'shop', 'Audit Log'], r.between(1, 2))] : null,
    features: [r.chance(0.35) && 'partialIndexes', r.chance(0.08) && 'postgresqlExtensions', r.chance(0.05) && 'views'].filter(Boolean),
    relationMode: r.chance(0.04) ? 'prisma' : undefined, extensions: [], enums: [], models: [], relations: [],
  }
  schema.citext = r.chance(0.2)
  if (schema.features.includes('postgresqlExtensions')) schema.extensions = [...new Set([schema.citext && 'citext', ...r.some(['pg_trgm', 'hstore', 'uuidOssp(map: "uuid-ossp")'], r.between(0, 2))])].filter(Boolean)
  for (let n = r.weighted([[2, 0], [3, 1], [2, 2], [1, 3]]); n > 0; n--) schema.enums.push(parts.enumeration(schema))
  for (let n = r.weighted([[1, 1], [3, 2], [3, 3], [2, 4], [1, 6]]); n > 0; n--) schema.models.push(parts.model(schema))
  for (let n = r.between(0, schema.models.length + 1); n > 0; n--) {
    const relation = parts.relation(schema)
    if (relation) schema.relations.push(relation)
  }
  return { schema, names, parts }
}
