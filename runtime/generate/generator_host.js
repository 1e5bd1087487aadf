// Hosts a generator that is a class of an npm package: node -e THIS PACKAGE_FOLDER CLASS. Speaks the generator protocol on
// stdin and stderr, like the programs that are generators by themselves.
const [folder, name] = process.argv.slice(1)
const Generator = require(folder)[name]
const generator = new Generator({ cliCommand: 'bellows', shouldResolvePrismaClient: true })
const answer = message => process.stderr.write(JSON.stringify({ jsonrpc: '2.0', ...message }) + '\n')
const calls = {
  getManifest: async params => ({ manifest: await generator.getManifest(params) }),
  generate: async params => (await generator.generate(params)) ?? null,
}
require('readline').createInterface({ input: process.stdin }).on('line', async line => {
  const { id, method, params } = JSON.parse(line)
  try {
    answer({ id, result: await calls[method](params) })
  } catch (e) {
    answer({ id, error: { code: -32000, message: e.message, data: { stack: e.stack } } })
  }
})
