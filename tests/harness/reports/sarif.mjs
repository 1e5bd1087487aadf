// sarif.mjs FILE: is the file SARIF 2.1.0 by the schema that OASIS publishes? Prints what is wrong; exit 1 then.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)
const Ajv = require('ajv')
const ajv = new Ajv({ schemaId: 'auto', allErrors: true, format: 'full', logger: false })
ajv.addMetaSchema(require('ajv/lib/refs/json-schema-draft-04.json'))
const schema = readFileSync(new URL('node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json', import.meta.url))
const holds = ajv.compile(JSON.parse(schema))
if (!holds(JSON.parse(readFileSync(process.argv[2])))) {
  for (const fault of holds.errors) console.log(`${fault.dataPath}: ${fault.message}`)
  process.exitCode = 1
}
