#!/usr/bin/env node
// clients.mjs - real clients of Prisma as the programs: each kind of change made online while both programs work.
//
//   node tests/conformance/clients/clients.mjs BELLOWS [--accept] [--only TEXT] [--eight FOLDER]
//
// For each version: the clients of both schemas are generated and connected once, as programs that run through a deployment are. The
// old one works; the plan is deployed up to its gate; both work, each reads what the other wrote; the contract is deployed; the new one
// works. What they feel is the table of docs/online.md, which is compared (--accept writes it). Version 8 with `--eight`: FOLDER is where
// samples/prisma-8 is installed, and its node the one to run this with.
// The server is DATABASE_URL's, else BELLOWS_TEST_URL's; the role may create databases.
// Exit: 0 as the table says, 1 otherwise, 64 wrong usage, 77 (aloud) the clients are not installed or there is no server.
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { root } from '../cases.mjs'
import { ProjectOfEight } from './eight.mjs'
import { Project, eightOf, server as wanted, versions } from './project.mjs'
import { read, work } from './programs.mjs'
import { recipes as all } from './recipes.mjs'

const { values, positionals: [given] } = parseArgs({ allowPositionals: true, options: { accept: { type: 'boolean' }, only: { type: 'string', default: '' }, eight: { type: 'string' } } })
if (!given) { process.stderr.write('usage: clients.mjs BELLOWS [--accept] [--only TEXT] [--eight FOLDER]\n'); process.exit(64) }
const server = wanted(), played = values.eight ? [...versions, eightOf(values.eight)] : versions
const recipes = all.filter(recipe => recipe.name.includes(values.only))
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'bellows-clients-'))

// What each recipe's programs feel: { old, new } before, at the gate, and after.
async function play(version) {
  const project = new (version.version === 8 ? ProjectOfEight : Project)({ bellows: given, server, version, scratch, tag: 'clients' })
  const models = side => recipes.map(recipe => recipe[side]).join('\n')
  for (const side of ['to', 'from']) project.generate(models(side), side)
  const felt = recipes.filter(recipe => !recipe.without?.includes(version.version)).map(recipe => ({ recipe, ledger: new Map() }))
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
// A cell says what each version's client feels: `works` of all, `6, 7: …; 8: …` where they differ.
const known = ['6', '7', '8']
function cellOf(felt) {
  const groups = new Map()
  for (const version of known) if (felt[version] !== undefined) groups.set(felt[version], [...(groups.get(felt[version]) ?? []), version])
  return groups.size === 1 ? [...groups.keys()][0] : [...groups].map(([what, of]) => `${of.join(', ')}: ${what}`).join('; ')
}
function feltOf(cell) {
  const parts = cell.split(/(?:^|; )(?=[678](?:, [678])*: )/).filter(Boolean), felt = {}
  for (const part of parts) {
    const [, of, what] = /^([678](?:, [678])*): (.*)$/.exec(part) ?? [, known.join(', '), part]
    for (const version of of.split(', ')) felt[version] = what
  }
  return felt
}

const page = path.join(root, '../../docs/online.md'), text = fs.readFileSync(page, 'utf8')
const head = '| change | the old program, up to the gate | the new program, up to the gate | the new program, behind it |\n| --- | --- | --- | --- |\n'
const start = text.indexOf(head)
if (start < 0) throw new Error(`${page} has no table that begins with ${head}`)
const end = text.indexOf('\n\n', start) + 1
const listed = new Map(text.slice(start + head.length, end).split('\n').filter(Boolean).map(row => row.slice(2, -2).split(' | ')).map(([name, ...cells]) => [name, cells.map(feltOf)]))

let failed = 0
const fault = what => { failed++; process.stdout.write(`FAULT ${what}\n`) }
const rows = new Map(recipes.map(recipe => [recipe.name, listed.get(recipe.name)?.map(felt => ({ ...felt })) ?? [{}, {}, {}]]))
for (const version of played) {
  for (const { recipe, before, gate, after } of await play(version)) {
    if (before.old.length > 0) fault(`${recipe.name}: before the change, with version ${version.version}: ${told(before.old)}`)
    for (const [i, wrong] of [gate.old, gate.new, after.new].entries()) {
      const wanted = listed.get(recipe.name)?.[i][version.version]
      rows.get(recipe.name)[i][version.version] = told(wrong)
      if (!values.accept && told(wrong) !== wanted) fault(`${recipe.name}: column ${i + 2}, version ${version.version}: ${told(wrong)}; on the page: ${wanted}`)
    }
  }
}
for (const name of listed.keys()) if (!values.accept && !values.only && !rows.has(name)) fault(`on the page alone: ${name}`)
if (values.accept) fs.writeFileSync(page, text.slice(0, start) + head + [...rows].map(([name, cells]) => `| ${[name, ...cells.map(cellOf)].join(' | ')} |\n`).join('') + text.slice(end))
fs.rmSync(scratch, { recursive: true })
process.stdout.write(`${rows.size} kinds of changes with the clients of versions ${played.map(v => v.version).join(', ')}, ${failed} faults\n`)
process.exit(failed ? 1 : 0)
