#!/usr/bin/env node
// clients.mjs - real clients of versions 6 and 7 as the programs: each kind of change made online while both programs work.
//
//   node tests/conformance/clients/clients.mjs BELLOWS [--accept] [--only TEXT]
//
// For each version: the clients of both schemas are generated and connected once, as programs that run through a deployment are. The
// old one works; the plan is deployed up to its gate; both work, each reads what the other wrote; the contract is deployed; the new one
// works. What they feel is the table of docs/online.md, which is compared (--accept writes it).
// The server is DATABASE_URL's, else BELLOWS_TEST_URL's; the role may create databases.
// Exit: 0 as the table says, 1 otherwise, 64 wrong usage, 77 (aloud) the clients are not installed or there is no server.
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { root } from '../cases.mjs'
import { Project, server as wanted, versions } from './project.mjs'
import { read, work } from './programs.mjs'
import { recipes as all } from './recipes.mjs'

const { values, positionals: [given] } = parseArgs({ allowPositionals: true, options: { accept: { type: 'boolean' }, only: { type: 'string', default: '' } } })
if (!given) { process.stderr.write('usage: clients.mjs BELLOWS [--accept] [--only TEXT]\n'); process.exit(64) }
const server = wanted()
const recipes = all.filter(recipe => recipe.name.includes(values.only))
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'bellows-clients-'))

// What each recipe's programs feel: { old, new } before, at the gate, and after.
async function play(version) {
  const project = new Project({ bellows: given, server, version, scratch, tag: 'clients' })
  const models = side => recipes.map(recipe => recipe[side]).join('\n')
  for (const side of ['to', 'from']) project.generate(models(side), side)
  const felt = recipes.map(recipe => ({ recipe, ledger: new Map() }))
  const clients = { old: await project.connect('from'), new: await project.connect('to') }
  const all = async (state, ...sides) => {
    for (const at of felt) {
      for (const side of sides) (at[state] ??= {})[side] = await work(clients[side], at.recipe[side], at.ledger, 10)
      for (const side of sides) at[state][side].push(...await read(clients[side], at.recipe[side], at.ledger))
    }
  }
  project.bellows('migrate', 'dev', '--name', 'first')
  for (const recipe of recipes) await recipe.before?.(clients.old)
  await all('before', 'old')
  project.write(models('to'), 'to')
  project.bellows('migrate', 'dev', '--create-only', '--name', 'change', '--accept-data-loss')
  project.bellows('migrate', 'deploy')
  await all('gate', 'old', 'new')
  project.bellows('migrate', 'deploy', '--contract')
  await all('after', 'new')
  await Promise.all(Object.values(clients).map(client => client.$disconnect()))
  project.drop()
  return felt
}

// `create, update: P2039`, a reason for each.
function told(wrong) {
  const verbs = new Map()
  for (const { verb, why } of wrong) verbs.set(why, [...(verbs.get(why) ?? []), verb])
  return wrong.length === 0 ? 'works' : [...verbs].map(([why, of]) => `${of.join(', ')}: ${why}`).join('; ')
}
const cells = ({ gate, after }) => [told(gate.old), told(gate.new), told(after.new)]
const both = (of6, of7) => of6 === of7 ? of6 : `6: ${of6}; 7: ${of7}`

const page = path.join(root, '../../docs/online.md'), text = fs.readFileSync(page, 'utf8')
const head = '| change | the old program, up to the gate | the new program, up to the gate | the new program, behind it |\n| --- | --- | --- | --- |\n'
const start = text.indexOf(head)
if (start < 0) throw new Error(`${page} has no table that begins with ${head}`)
const end = text.indexOf('\n\n', start) + 1, listed = text.slice(start + head.length, end).split('\n').filter(Boolean)

const played = []
for (const version of versions) played.push(await play(version))
let failed = 0
const fault = what => { failed++; process.stdout.write(`FAULT ${what}\n`) }
const rows = recipes.map((recipe, i) => {
  for (const [n, felt] of played.entries()) {
    if (felt[i].before.old.length > 0) fault(`${recipe.name}: before the change, with version ${versions[n].version}: ${told(felt[i].before.old)}`)
  }
  const [of6, of7] = played.map(felt => cells(felt[i]))
  return `| ${[recipe.name, ...of6.map((cell, c) => both(cell, of7[c]))].join(' | ')} |`
})
for (const row of rows) if (!values.accept && !listed.includes(row)) fault(`not as the page says: ${row}`)
if (!values.only) for (const row of listed) if (!values.accept && !rows.includes(row)) fault(`on the page alone: ${row}`)
if (values.accept) fs.writeFileSync(page, text.slice(0, start) + head + rows.map(row => `${row}\n`).join('') + text.slice(end))
fs.rmSync(scratch, { recursive: true })
process.stdout.write(`${rows.length} kinds of changes with the clients of versions 6 and 7, ${failed} faults\n`)
process.exit(failed ? 1 : 0)
