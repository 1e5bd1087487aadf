// judge.mjs - what becomes of one case: ours and the reference's, side by side.
//
// Four plans are judged: ours and the reference's, each from the schema and from the live database. Of each it says whether it
// was written, applied, reached the wanted state, and left its own planner silent; and what tables and columns it kept. Plans that
// are the same text are tried once.
import { execFile } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { diff } from '../engine/reference.mjs'
import { columnsOf, differences, stateOf, survivors } from './catalog.mjs'
import { strayed } from './fields.mjs'
import { apply, clear } from './server.mjs'

export const nothing = '-- This is an empty migration.'

// The command line adds a newline to a script, not to the empty one.
const ended = script => script.trim() === nothing ? script : `${script}\n`

export class Judge {
  constructor({ program, server, scratch }) {
    this.program = program
    this.server = server
    this.files = { from: path.join(scratch, 'from.prisma'), to: path.join(scratch, 'to.prisma') }
  }

  // { script } or { refused }
  ours(...args) {
    return new Promise(done => execFile(this.program, ['migrate', 'diff', '--script', ...args],
      { encoding: 'utf8', timeout: 60000, maxBuffer: 1 << 26, env: { PATH: process.env.PATH, NO_COLOR: '1', CI: '1' } },
      (error, stdout, stderr) => done(error ? { refused: `exit ${error.code ?? error.signal}: ${stderr.trim()}` } : { script: stdout })))
  }

  async theirs(from, to, url) {
    try { return { script: ended(await diff(from, to, url)) } } catch (e) { return { refused: String(e.message ?? e) } }
  }

  // Both scripts that make the schema out of nothing; `make` is the one that works, and what it makes is left in the database.
  async creation(db, which, text, citext) {
    const [ours, theirs] = [await this.ours('--from-empty', '--to-schema', this.files[which]), await this.theirs('empty', { schema: text })]
    const run = async plan => {
      if (plan.refused) return plan.refused
      await this.fresh(db, citext)
      return apply(db, plan.script)
    }
    const equal = ours.script === theirs.script
    const wrong = await run(ours), wrongTheirs = equal ? wrong : await run(theirs)
    const quiet = equal || wrongTheirs !== undefined || left(await this.theirs('db', { schema: text }, db.url)) === undefined
    if (!equal && !wrong) await run(ours)
    return { ours: wrong, quiet, theirs: wrongTheirs, equal, make: wrong ? theirs.script : ours.script, impossible: wrong && wrongTheirs, scripts: [ours, theirs] }
  }

  async fresh(db, citext) {
    await clear(db)
    if (citext) await db.client.query('CREATE EXTENSION citext')
  }

  async plans(c, db) {
    const { from, to } = this.files
    return {
      direct: { ours: await this.ours('--from-schema', from, '--to-schema', to), theirs: await this.theirs({ schema: c.from }, { schema: c.to }) },
      live: { ours: await this.ours('--from-url', db.url, '--to-schema', to), theirs: await this.theirs('db', { schema: c.to }, db.url) },
    }
  }

  async judge(c) {
    for (const which of ['from', 'to']) fs.writeFileSync(this.files[which], c[which])
    const wanted = this.server.database('wanted'), db = this.server.database('ours')
    c.made = { to: await this.creation(wanted, 'to', c.to, c.citext) }
    if (c.made.to.impossible) return { impossible: c.made.to.ours }
    c.wanted = await stateOf(wanted.client)
    c.made.from = await this.creation(db, 'from', c.from, c.citext)
    if (c.made.from.impossible) return { impossible: c.made.from.ours }
    c.before = await columnsOf(db.client)
    const plans = await this.plans(c, db), tried = new Map()
    let made = db // it already holds the first schema
    const sorts = { lists: listColumns(c.from), zoned: zonedColumns(c.from) }, verdict = { made: c.made, direct: { ...sorts }, live: { ...sorts } }
    for (const [where, who] of [['direct', 'ours'], ['direct', 'theirs'], ['live', 'ours'], ['live', 'theirs']]) {
      const { script, refused } = plans[where][who]
      if (refused !== undefined) { verdict[where][who] = { refused, wrong: [] }; continue }
      if (!tried.has(script)) {
        const asked = new Set(['ours', 'theirs'].filter(w => Object.values(plans).some(p => p[w].script === script)))
        tried.set(script, await this.attempt(c, script, asked, made))
        made = undefined
      }
      const { again, found, ...outcome } = tried.get(script)
      const wrong = found.filter(line => !isOpen(c, line, where)), open = found.filter(line => !wrong.includes(line))
      verdict[where][who] = { ...outcome, wrong, open, script, again: again?.[who] }
    }
    return verdict
  }

  // Applies the script and looks at what is there; then those who wrote it plan from there to the goal.
  async attempt(c, script, asked, made) {
    const db = made ?? this.server.database('theirs')
    const before = made ? c.before : await this.begin(db, c)
    const failed = await apply(db, script)
    if (failed !== undefined) return { failed, found: [] }
    const found = await differences(db.client, c.wanted, await stateOf(db.client)), again = {}
    if (asked.has('ours')) again.ours = left(await this.ours('--from-url', db.url, '--to-schema', this.files.to))
    if (asked.has('theirs')) again.theirs = left(await this.theirs('db', { schema: c.to }, db.url))
    const after = await columnsOf(db.client)
    return { found, kept: survivors(before, after), strayed: strayed(c, before, after), again }
  }

  async begin(db, c) {
    await this.fresh(db, c.citext)
    const wrong = await apply(db, c.made.from.make)
    if (wrong) throw new Error(`the first schema cannot be made again: ${wrong}`)
    return columnsOf(db.client)
  }
}

// What the second schema leaves open: a default where it says `dbgenerated()`; in a plan from a database, which does not know who
// chose them, the operator class of a B-tree index where it names none, and the predicate of an index where it has not switched partial
// ones on (docs/divergences.md).
const columnOf = ([line, field]) => JSON.parse(line.match(/ @map\(("(?:[^"\\]|\\.)*")\)/)?.[1] ?? JSON.stringify(field))
const openColumns = text => [...text.matchAll(/^  (\S+) .*@default\(dbgenerated\(\)\).*$/gm)].map(columnOf)
const isOpenDefault = (c, line) => openColumns(c.to).some(name => line.startsWith('left over default') && line.replaceAll('"', '').includes(`.${name}: `))
const isOpenClass = line => {
  const [, wanted, is] = line.match(/^differs index .*: wanted (CREATE .* USING btree .*), is (CREATE .* USING btree .*)$/) ?? []
  return is !== undefined && is.replaceAll(' text_pattern_ops', '') === wanted
}
const isOpenPredicate = (c, line) => {
  const [, wanted, is] = line.match(/^differs index .*: wanted (CREATE .*), is (CREATE .*)$/) ?? []
  return is !== undefined && is.startsWith(`${wanted} WHERE `) && !/^  previewFeatures = .*"partialIndexes"/m.test(c.to)
}
export const isOpen = (c, line, where) => isOpenDefault(c, line) || where === 'live' && (isOpenClass(line) || isOpenPredicate(c, line))

// No two fields of a case have one name, so a column's name says which.
const listColumns = text => new Set([...text.matchAll(/^  (\S+) \S+\[\].*$/gm)].map(columnOf))

const zonedColumns = text => new Set([...text.matchAll(/^  (\S+) .*@db\.Timestamptz.*$/gm)].map(columnOf))

const left = plan => plan.refused ?? (plan.script.trim() === nothing ? undefined : plan.script)
