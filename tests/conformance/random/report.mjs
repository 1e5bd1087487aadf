// report.mjs - verdicts on outcomes, and the table that has ours and the reference's figures side by side.
import { nothing } from './judge.mjs'

const right = o => o.refused === undefined && o.failed === undefined && o.wrong.length === 0
const quiet = o => right(o) && o.again === undefined
const keepsMore = (ours, theirs) => ours.kept && theirs.kept && [...ours.kept].some(c => !theirs.kept.has(c)) && [...theirs.kept].every(c => ours.kept.has(c))

// A name of more than 63 bytes is cut by the server; ours are cut beforehand.
const overlong = script => (script.match(/"(?:[^"]|"")*"/g) ?? []).some(name => Buffer.byteLength(name) > 65)

// A column of another type, cast into an enum that is built anew, and dropped by a later statement: works on empty tables only.
function castsWhatGoes(script) {
  const cast = [...script.matchAll(/^ALTER TABLE (.+) ALTER COLUMN (".+") TYPE .*_new".* USING /gm)]
  const dropped = [...script.matchAll(/^ALTER TABLE ((?:\.?"(?:[^"]|"")*")+) ([\s\S]*?);$/gm)]
  return cast.some(([, table, column]) => dropped.some(([, at, clauses]) => at === table && clauses.includes(`DROP COLUMN ${column}`)))
}

// A list cast into one value of an enum that is built anew, or the other way round: `'{a}'` is no value of it, so that works on empty
// tables only. Ours moves the list out of the way and makes the column anew.
function castsLists({ ours, theirs, lists }) {
  const casts = script => new Map([...script.matchAll(/^ALTER TABLE (.+) ALTER COLUMN (".+") TYPE [^;\n]*?(\[\])?(?: USING .*)?;$/gm)].map(([, table, column, list]) => [`${table} ${column}`, { column, list: Boolean(list) }]))
  const mine = casts(ours.script)
  return [...casts(theirs.script)].some(([at, { column, list }]) => lists.has(column.slice(1, -1)) !== list && mine.get(at)?.list !== list)
}

// Statements without their comments, each clause of an ALTER TABLE one of its own.
const clausesOf = script => script.trim() === nothing ? [] : script.split(/;\n/).flatMap(statement => {
  const text = statement.replace(/^\s*(-- .*\n\s*)*/, '').trim(), [, table, rest] = /^(ALTER TABLE (?:\.?"(?:[^"]|"")*")+) ([\s\S]*)$/.exec(text) ?? []
  return table ? rest.split(/,\n/).map(clause => `${table} ${clause.trim()}`) : [text]
}).filter(Boolean)

// Theirs only sets defaults and types besides, and both end where they should: the same ones in other words.
function setsAgain(ours, theirs) {
  const [a, b] = [clausesOf(ours), clausesOf(theirs)]
  return a.every(c => b.includes(c)) && b.filter(c => !a.includes(c)).every(c => / SET (DEFAULT|DATA TYPE) /.test(c))
}

// Ours sets defaults besides, of columns that get a time zone or had a date and one: without it the default stays one of the old type,
// and each session's own zone says what is stored.
function settlesZones({ ours, theirs, zoned }) {
  const [a, b] = [clausesOf(ours.script), clausesOf(theirs.script)], more = a.filter(c => !b.includes(c))
  return b.every(c => a.includes(c)) && more.length > 0 && more.every(c => {
    const [, at, column] = /^(.* ALTER COLUMN "((?:[^"]|"")*)") SET DEFAULT /.exec(c) ?? []
    const type = a.find(other => other.startsWith(`${at} SET DATA TYPE `))?.slice(`${at} SET DATA TYPE `.length)
    return type !== undefined && /^(DATE|TIME)/.test(type) && (/^TIME(STAMP)?TZ/.test(type) || zoned.has(column))
  })
}

// A renamed value of an enum that is built anew: `'old'` is no value of the new one, so the same script without the rename works on
// empty tables only.
const withoutRenames = script => script.replace(/-- RenameEnum\n(ALTER TYPE .+ RENAME VALUE .+;\n)+\n*/g, '')
function castsOldValues({ ours, theirs }) {
  const without = withoutRenames(ours.script)
  return without !== ours.script && / AS ENUM /.test(theirs.script) && (without === theirs.script || setsAgain(without, theirs.script))
}

// Ours says where among the others a value of an enum comes.
const withoutPlaces = script => script?.replace(/( ADD VALUE '(?:[^']|'')*') (?:BEFORE|AFTER) '(?:[^']|'')*';/g, '$1;')

// Why the scripts may differ, or undefined when they may not.
function excuse(said) {
  const pair = { ...said, ours: { ...said.ours, script: withoutPlaces(said.ours.script) } }
  const { ours, theirs } = pair
  if (right(ours) && ours.script !== said.ours.script && ours.script === theirs.script) return 'the reference adds a value of an enum at the end'
  if (theirs.refused !== undefined) return 'the reference writes no script'
  if (theirs.failed !== undefined) return 'the reference\'s script fails'
  if (theirs.wrong.length) return 'the reference\'s script ends elsewhere'
  if (theirs.again !== undefined) return 'the reference sees a difference that is none'
  if (overlong(theirs.script)) return 'the reference writes a name longer than the server keeps'
  if (right(ours) && theirs.script !== ours.script && setsAgain(ours.script, theirs.script)) return 'the reference sets the same default or type in other words'
  if (right(ours) && castsLists(pair)) return 'the reference casts a list into an enum, or a value into a list of one'
  if (right(ours) && castsOldValues(pair)) return 'the reference casts values that have another name in the enum built anew'
  if (right(ours) && settlesZones(pair)) return 'the reference leaves a default to the time zone of the session'
  if (castsWhatGoes(theirs.script)) return 'the reference casts values of another type into an enum'
  if (theirs.strayed.some(f => !ours.strayed?.includes(f))) return 'the reference\'s script leaves a model\'s rows or a field\'s values to another one'
  if (keepsMore(ours, theirs)) return 'the reference\'s script loses tables, columns or enum values that ours keeps'
}

// What is wrong with ours: { what, detail } or undefined.
function fault(pair) {
  const { ours, theirs } = pair
  if (ours.refused !== undefined) return { what: 'not written', detail: ours.refused }
  if (ours.failed !== undefined) return { what: 'not applied', detail: ours.failed }
  if (ours.wrong.length) return { what: 'not reached', detail: ours.wrong.join('\n') }
  if (ours.again !== undefined) return { what: 'not quiet', detail: ours.again }
  if (right(theirs) && !castsLists(pair) && [...theirs.kept].some(c => !ours.kept.has(c))) return { what: 'loses more', detail: [...theirs.kept].filter(c => !ours.kept.has(c)).join(', ') }
  if (ours.script !== theirs.script && !excuse(pair)) return { what: 'other bytes', detail: lineDiff(theirs.script, ours.script) }
}

function lineDiff(a, b) {
  const [x, y] = [a.split('\n'), b.split('\n')]
  return [...x.filter(l => !y.includes(l)).map(l => `- ${l}`), ...y.filter(l => !x.includes(l)).map(l => `+ ${l}`)].slice(0, 40).join('\n') || 'the same lines in another order'
}

// Faults of a case, creation included.
export function faultsOf(verdict) {
  const found = []
  for (const which of ['from', 'to']) {
    const made = verdict.made[which]
    if (made.ours !== undefined) found.push({ where: 'creation', what: 'not made', detail: made.ours })
    else if (!made.equal && made.theirs === undefined && made.quiet && !overlong(made.scripts[1].script)) found.push({ where: 'creation', what: 'other bytes', detail: lineDiff(made.scripts[1].script, made.scripts[0].script) })
  }
  // From a database alone nobody knows whose values a column holds.
  if (verdict.direct.ours.strayed?.length) found.push({ where: 'direct', what: 'rows or values with another one', detail: verdict.direct.ours.strayed.join(', ') })
  for (const where of ['direct', 'live']) {
    const f = fault(verdict[where])
    if (f) found.push({ where, ...f })
  }
  return found
}

const rows = [
  ['script written', o => o.refused === undefined], ['applied', o => o.refused === undefined && o.failed === undefined],
  ['wanted state reached', right], ['planning again empty', quiet],
]

export class Report {
  constructor() { this.cases = 0; this.impossible = new Map(); this.counts = {}; this.excuses = {}; this.faults = []; this.open = {} }

  add(seed, verdict) {
    if (verdict.impossible) { const list = this.impossible.get(verdict.impossible.slice(0, 60)) ?? []; this.impossible.set(verdict.impossible.slice(0, 60), [...list, seed]); return [] }
    this.cases++
    for (const where of ['direct', 'live']) this.count(seed, where, verdict[where])
    const faults = faultsOf(verdict)
    this.faults.push(...faults.map(f => ({ seed, ...f })))
    return faults
  }

  count(seed, where, pair) {
    const at = this.counts[where] ??= { ours: rows.map(() => 0), theirs: rows.map(() => 0), equal: 0, due: 0, dueEqual: 0, changes: 0 }
    for (const who of ['ours', 'theirs']) rows.forEach(([, holds], i) => { if (holds(pair[who])) at[who][i]++ })
    const equal = pair.ours.script !== undefined && pair.ours.script === pair.theirs.script, why = excuse(pair)
    if (equal) at.equal++
    for (const line of pair.ours.open ?? []) (this.open[line.startsWith('differs index') ? 'operator class or predicate of an index, none named' : 'default, `dbgenerated()`'] ??= []).push(seed)
    if (pair.ours.script?.trim() !== nothing) at.changes++
    if (!why) { at.due++; if (equal) at.dueEqual++ } else if (!equal) (this.excuses[`${where}: ${why}`] ??= []).push(seed)
  }

  text(seconds) {
    const out = [`${this.cases} edits judged in ${seconds.toFixed(0)} s; ${[...this.impossible.values()].flat().length} more cannot be made on any server`]
    const share = (n, of) => `${String(n).padStart(7)} ${(of ? 100 * n / of : 100).toFixed(2).padStart(6)}%`
    for (const [where, at] of Object.entries(this.counts)) {
      out.push('', `${where === 'direct' ? 'schema to schema' : 'database to schema'} (${at.changes} with something to do)`.padEnd(44) + 'bellows'.padStart(15) + 'reference'.padStart(18))
      rows.forEach(([name], i) => out.push(`  ${name}`.padEnd(44) + share(at.ours[i], this.cases) + '  ' + share(at.theirs[i], this.cases)))
      out.push('  byte-equal'.padEnd(44) + share(at.equal, this.cases), '  byte-equal where the reference is right'.padEnd(44) + share(at.dueEqual, at.due) + `   (of ${at.due})`)
    }
    out.push('', 'other bytes, with a reason:', ...Object.entries(this.excuses).sort().map(([why, seeds]) => `  ${String(seeds.length).padStart(6)}  ${why}: ${seeds.slice(0, 12).join(' ')}${seeds.length > 12 ? ' …' : ''}`))
    out.push('not possible on any server:', ...[...this.impossible].map(([why, seeds]) => `  ${String(seeds.length).padStart(6)}  ${why}: ${seeds.slice(0, 6).join(' ')}`))
    out.push('left open by the schema, and left alone:', ...Object.entries(this.open).map(([what, seeds]) => `  ${String(seeds.length).padStart(6)}  ${what}: ${seeds.slice(0, 12).join(' ')}`))
    const byWhat = Object.groupBy ? Object.groupBy(this.faults, f => `${f.where}: ${f.what}`) : group(this.faults, f => `${f.where}: ${f.what}`)
    out.push(`faults of ours: ${this.faults.length}`, ...Object.entries(byWhat).map(([what, list]) => `  ${String(list.length).padStart(6)}  ${what}: ${list.slice(0, 20).map(f => f.seed).join(' ')}`))
    return out.join('\n') + '\n'
  }
}

const group = (list, key) => list.reduce((all, x) => { (all[key(x)] ??= []).push(x); return all }, {})
