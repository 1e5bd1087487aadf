// The reference engine alone, loaded and warm: milliseconds, the median of three.
//
//   node engine_time.mjs ENGINE_DIR validate SCHEMA
//   node engine_time.mjs ENGINE_DIR diff FROM TO          (FROM, TO: a schema or a folder of migrations, which wants a database in DATABASE_URL)
//   node engine_time.mjs ENGINE_DIR pull-diff SCHEMA      (database in DATABASE_URL)
import path from 'node:path'
import { pathToFileURL } from 'node:url'

const [directory, op, ...files] = process.argv.slice(2)
process.env.DATABASE_URL ??= 'postgresql://nobody@127.0.0.1:1/none' // never reached by validate and diff
const engine = await import(pathToFileURL(path.join(directory, 'reference.mjs')))
const schemas = op === 'diff' ? [] : files.map(f => engine.readSchema(f))
const work = {
  validate: () => engine.validate(schemas[0]),
  diff: () => engine.diff(...files.map(engine.side)),
  'pull-diff': () => engine.diff('db', { schema: schemas[0] }),
}[op]
await work()
const times = []
for (let i = 0; i < 3; i++) {
  const start = performance.now()
  await work()
  times.push(performance.now() - start)
}
console.log(times.sort((a, b) => a - b)[1].toFixed(2))
process.exit(0)
