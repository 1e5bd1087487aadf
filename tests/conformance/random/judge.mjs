// judge.mjs - what becomes of one case: ours and the reference's, side by side.
//
// Four plans are judged: ours and the reference's, each from the schema and from the live database. Of each it says whether it
// was written, applied, reached the wanted state, and left its own planner silent; and what columns it kept.
import { execFile } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { diff } from '../engine/reference.mjs'
import { columnsOf, differences, stateOf, survivors } from './catalog.mjs'
import { apply, clear } from './server.mjs'

export const nothing = '-- This is an empty migration.'

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
    try { return { script: `${await diff(from, to, url)}\n` } } catch (e) { return { refused: String(e.message ?? e) } }
  }

  // Both scripts that make the schema out of nothing; `make` is the one that works.
  async creation(which, text, citext) {
    const [ours, theirs] = [await this.ours('--from-empty', '--to-schema', this.files[which]), await this.theirs('empty', { schema: text })]
    const db = this.server.database('wanted')
    const run = async plan => {
      if (plan.refused) return plan.refused
      await this.fresh(db, citext)
      return apply(db, plan.script)
    }
    const equal = ours.script === theirs.script
    const wrong = await run(ours), wrongTheirs = equal ? wrong : await run(theirs)
    if (!equal && !wrong) await run(ours)
    return { ours: wrong, theirs: wrongTheirs, equal, make: wrong ? theirs.script : ours.script, impossible: wrong && wrongTheirs, scripts: [ours, theirs] }
  }

  async fresh(db, citext) {
    await clear(db)
    if (citext) await db.client.query('CREATE EXTENSION citext')
  }

  async begin(db, c) {
    await this.fresh(db, c.citext)
    const wrong = await apply(db, c.made.from.make)
    if (wrong) throw new Error(`the first schema cannot be made again: ${wrong}`)
    return columnsOf(db.client)
  }

  // Applies the plan in the database and looks at what is there. `again` plans from there to the goal.
  async outcome(db, plan, c, before, again) {
    const result = { script: plan.script, refused: plan.refused, wrong: [] }
    if (plan.refused !== undefined) return result
    result.failed = await apply(db, plan.script)
    if (result.failed !== undefined) return result
    result.wrong = await differences(db.client, c.wanted, await stateOf(db.client))
    result.kept = survivors(before, await columnsOf(db.client))
    result.again = await again(db)
    return result
  }

  async judge(c) {
    for (const which of ['from', 'to']) fs.writeFileSync(this.files[which], c[which])
    c.made = { from: await this.creation('from', c.from, c.citext) }
    if (c.made.from.impossible) return { impossible: c.made.from.ours }
    c.made.to = await this.creation('to', c.to, c.citext)
    if (c.made.to.impossible) return { impossible: c.made.to.ours }
    c.wanted = await stateOf(this.server.database('wanted').client)
    const direct = await this.pair(c, await this.ours('--from-schema', this.files.from, '--to-schema', this.files.to),
      await this.theirs({ schema: c.from }, { schema: c.to }))
    const live = await this.live(c, direct)
    return { made: c.made, direct, live }
  }

  againOurs = async db => {
    const plan = await this.ours('--from-url', db.url, '--to-schema', this.files.to)
    return plan.refused ?? (plan.script.trim() === nothing ? undefined : plan.script)
  }

  againTheirs = async (db, c) => {
    const plan = await this.theirs('db', { schema: c.to }, db.url)
    return plan.refused ?? (plan.script.trim() === nothing ? undefined : plan.script)
  }

  // One script and one run serve both when both wrote the same.
  async pair(c, ours, theirs) {
    const db = this.server.database('ours'), before = await this.begin(db, c)
    const first = await this.outcome(db, ours, c, before, this.againOurs)
    if (ours.script !== undefined && ours.script === theirs.script) {
      const again = first.failed === undefined ? await this.againTheirs(db, c) : undefined
      return { ours: first, theirs: { ...first, again } }
    }
    const other = this.server.database('theirs'), kept = await this.begin(other, c)
    return { ours: first, theirs: await this.outcome(other, theirs, c, kept, d => this.againTheirs(d, c)) }
  }

  // The same from the database; a script that was tried already is not tried again.
  async live(c, direct) {
    const db = this.server.database('ours')
    await this.begin(db, c)
    const ours = await this.ours('--from-url', db.url, '--to-schema', this.files.to)
    const theirs = await this.theirs('db', { schema: c.to }, db.url)
    const known = plan => [direct.ours, direct.theirs].find(o => o.script !== undefined && o.script === plan.script)
    if (known(ours) && known(ours) === direct.ours && known(theirs)) return { ours: direct.ours, theirs: theirs.script === direct.theirs.script ? direct.theirs : { ...direct.ours, again: await this.quietAfter(c, theirs) } }
    return this.pair(c, ours, theirs)
  }

  async quietAfter(c, plan) {
    const db = this.server.database('theirs')
    await this.begin(db, c)
    if (await apply(db, plan.script) !== undefined) return undefined
    return this.againTheirs(db, c)
  }
}
