#!/usr/bin/env node
// replay_hand.mjs - scripts as people write them, drawn by chance, carried out in memory and on a server.
//
//   node tests/conformance/replay_hand.mjs BELLOWS_JUDGE [--seed N] [--count N] [--length N] [--seconds N] [--only SEED] [--also SEED,...]
//
// A life is a database's: --length scripts of one statement or a few, half of them about what is there, some wrong. Where memory claims, the
// catalogs must be equal and its refusals have the server's SQLSTATE; what it does not understand is counted by reason. --count counts
// scripts that were judged. Wants BELLOWS_TEST_URL (a superuser of a server of its own). --only SEED: one life, compared behind each script and shown.
// Exit: 0 nothing claimed is wrong, 1 otherwise, 64 wrong usage.
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { Belief, ROLES } from './hand/belief.mjs'
import { statements as beside } from './hand/beside.mjs'
import { createTable, statements as tables } from './hand/tables.mjs'
import { Random } from './random/prng.mjs'

const option = fallback => ({ type: 'string', default: fallback })
const { values, positionals: [judge] } = parseArgs({ allowPositionals: true, options: { seed: option('1'), count: option('1000'), length: option('40'), seconds: option('Infinity'), only: { type: 'string' }, also: option('') } })
if (!judge || !process.env.BELLOWS_TEST_URL) { process.stderr.write('usage: replay_hand.mjs BELLOWS_JUDGE [--seed N] [--count N] [--length N] [--seconds N] [--only SEED] [--also SEED,...], BELLOWS_TEST_URL\n'); process.exit(64) }

// The scripts of a life, which begins with a few tables.
function draw(seed) {
  const random = new Random(seed), belief = new Belief(random), all = [...tables, ...beside], scripts = []
  const statement = () => random.weighted(all)(belief)
  if (random.chance(0.8)) { scripts.push('CREATE SCHEMA s;\nCREATE SCHEMA "S2"'); belief.schemas.push('s', '"S2"') }
  for (let i = 0; i < 3; i++) scripts.push(createTable(belief))
  while (scripts.length < Number(values.length)) {
    const some = [statement()]
    while (random.chance(0.2)) some.push(statement())
    scripts.push(random.chance(0.05) ? `BEGIN;\n${some.join(';\n')};\n${random.pick(['COMMIT', 'COMMIT', 'ROLLBACK'])}` : some.join(';\n'))
  }
  return scripts.map(text => `${text};\n`).join('\n-- next\n')
}

const base = process.env.BELLOWS_TEST_URL, name = `bellows_hand_${process.pid}`, shadow = base.replace(/\/[^/?]*(\?|$)/, `/${name}$1`)
function sql(...texts) {
  const r = spawnSync('psql', ['-qXAt', base, ...texts.flatMap(text => ['-c', text])], { encoding: 'utf8' })
  if (r.status !== 0) { process.stderr.write(r.stderr); process.exit(1) }
}
sql(...ROLES.map(role => `DO $$ BEGIN CREATE ROLE ${role}; EXCEPTION WHEN duplicate_object THEN NULL; END $$`), `CREATE DATABASE ${name} TEMPLATE template0`)

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'bellows-hand-'))
const figures = { done: 0, refused: 0, otherwise: 0, rows: 0, unknown: 0, equal: 0, wrong: 0 }, reasons = new Map(), codes = new Map(), others = new Map()
const count = (map, key, seed) => map.set(key, { count: (map.get(key)?.count ?? 0) + 1, seed: map.get(key)?.seed ?? seed })
function run(seeds, ...flags) {
  const files = seeds.map(seed => { const file = path.join(scratch, `${seed}.sql`); fs.writeFileSync(file, draw(seed)); return file })
  const r = spawnSync(judge, ['--url', base, '--shadow', shadow, ...flags, ...files], { encoding: 'utf8', maxBuffer: 1e9, timeout: 3600000 })
  const ended = (r.stdout.match(/^\S+ (end|\d+ WRONG)/gm) ?? []).length
  return { ...r, short: r.signal || r.status > 1 || /Sanitizer|Assertion|assert/.test(r.stderr) ? `${r.signal ?? r.status} behind ${ended} of ${files.length}: ${r.stderr}` : '' }
}

function tell(seeds) {
  const r = run(seeds), found = new Set()
  let seed, last
  for (const line of r.stdout.split('\n')) {
    const [, at, rest] = line.match(/^\S*?\/(\d+)\.sql \S+ (.*)/) ?? []
    seed = at ?? seed
    const [word, ...more] = (rest ?? '').split(' ')
    if (word in figures) figures[word]++
    if (word === 'refused') count(codes, more[0], seed)
    const [, state] = line.match(/^    server: (\S+)/) ?? []
    if (word === 'otherwise') last = more[0]
    if (state) count(others, `${last}, the server ${state}`, seed)
    if (word === 'unknown') count(reasons, more.join(' ').replace(/`[^`]*`/g, '`…`'), seed)
    if (word === 'WRONG') { figures.wrong++; found.add(seed) }
  }
  if (r.short) { figures.wrong++; process.stdout.write(`FAULT seeds ${seeds.join(' ')}: ${r.short}\n`) }
  for (const one of found) {
    const shown = run([Number(one)], '--after-each').stdout.replaceAll(scratch + '/', '')
    process.stdout.write(`FAULT seed ${one}\n${shown.slice(shown.search(/^\S+ (end|\d+) WRONG/m))}\n`)
  }
  process.stderr.write(`to seed ${seeds.at(-1)}: ${figures.done} done, ${figures.refused} refused, ${figures.unknown} not understood, ${figures.wrong} wrong\n`)
}

const end = Date.now() + 1000 * Number(values.seconds), together = 20
if (values.only) process.stdout.write(draw(Number(values.only)) + '\n') && process.stdout.write(run([Number(values.only)], '--after-each').stdout)
else {
  if (values.also) tell(values.also.split(',').map(Number))
  for (let seed = Number(values.seed); figures.done + figures.refused + figures.otherwise < Number(values.count) && Date.now() < end; seed += together)
    tell(Array.from({ length: together }, (_, i) => seed + i))
  for (const [map, what] of [[codes, 'refused'], [others, 'refused otherwise'], [reasons, 'not understood']])
    for (const [key, told] of [...map].sort((a, b) => b[1].count - a[1].count)) process.stdout.write(`  ${what} ${told.count} times: ${key} (seed ${told.seed})\n`)
  process.stdout.write(`${figures.done} scripts done, ${figures.refused} refused by both, ${figures.otherwise} for different reasons, ${figures.rows} for a row, ${figures.unknown} not understood, ${figures.equal} catalogs equal, ${figures.wrong} wrong\n`)
}
sql(`DROP DATABASE ${name} WITH (FORCE)`)
fs.rmSync(scratch, { recursive: true })
process.exit(figures.wrong > 0 ? 1 : 0)
