// Loads a configuration with the project's own @prisma/config and prints what it says: node -e THIS FILE. The answer stands
// on a line of its own behind a mark, since the configuration may print what it likes. It is the end: what the configuration keeps
// open (timers, connections) would keep Node from ending, and us waiting.
const { createRequire } = require('module')
const path = require('path')
const here = createRequire(path.join(process.cwd(), 'package.json'))
const find = () => {
  try { return here.resolve('@prisma/config') } catch { return createRequire(here.resolve('prisma/package.json')).resolve('@prisma/config') }
}
const answer = value => process.stdout.write('\n\x01bellows ' + JSON.stringify(value) + '\n', () => process.exit())
const run = async () => {
  const before = { ...process.env }
  const { config, error } = await require(find()).loadConfigFromFile({ configFile: process.argv[1] })
  if (error) throw error.error ?? new Error(error._tag)
  const variables = Object.fromEntries(Object.entries(process.env).filter(([name, value]) => before[name] !== value))
  const plain = JSON.parse(JSON.stringify(config, (key, value) => (typeof value === 'function' ? '(a function)' : value)))
  delete plain.loadedFromFile
  delete plain.deprecatedPackageJson
  answer({ config: plain, variables })
}
run().catch(e => answer({ error: String(e?.message ?? e) }))
