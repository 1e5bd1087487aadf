// program.mjs - programs of two schemas at work on one database, and the ledger of what they wrote.
//
// A program says how a value looks in its table: `row(v)` is what it writes into its columns for the number v, `value(row)` the
// number that a row it read stands for. A worker has keys of its own, so that it knows what each must hold; at every turn it
// speaks as one of the programs that are alive, so that each reads what the other wrote.

const quote = name => `"${name.replaceAll('"', '""')}"`

// The statements of a program over one table: columns by name, as clients write them.
function statements(program) {
  const columns = [program.key, ...program.columns]
  const list = columns.map(quote).join(', ')
  const casts = program.casts ?? {}
  const places = columns.map((name, i) => casts[name] ? `CAST($${i + 1}::text AS ${casts[name]})` : `$${i + 1}`)
  const read = columns.map(name => casts[name] ? `${quote(name)}::text AS ${quote(name)}` : quote(name)).join(', ')
  const table = quote(program.table)
  const sets = program.columns.map((name, i) => `${quote(name)} = ${places[i + 1]}`).join(', ')
  return {
    select: `SELECT ${read} FROM ${table} WHERE ${quote(program.key)} = $1`,
    find: `SELECT ${read} FROM ${table} WHERE ${quote(program.key)} = $1 AND ${quote(program.columns[0])} = ${places[1]}`,
    insert: `INSERT INTO ${table} (${list}) VALUES (${places.join(', ')}) RETURNING ${read}`,
    draw: `INSERT INTO ${table} (${columns.slice(1).map(quote).join(', ')}) VALUES (${program.columns.map((name, i) => casts[name] ? `CAST($${i + 1}::text AS ${casts[name]})` : `$${i + 1}`).join(', ')}) RETURNING ${read}`,
    update: `UPDATE ${table} SET ${sets} WHERE ${quote(program.key)} = $1 RETURNING ${read}`,
    upsert: `INSERT INTO ${table} (${list}) VALUES (${places.join(', ')}) ON CONFLICT (${quote(program.key)}) DO UPDATE SET ${
      program.columns.map(name => `${quote(name)} = EXCLUDED.${quote(name)}`).join(', ')} RETURNING ${read}`,
    delete: `DELETE FROM ${table} WHERE ${quote(program.key)} = $1`,
  }
}

export class Traffic {
  constructor({ connect, programs, rows, seedValue, workers, rate, random }) {
    Object.assign(this, { connect, rows, seedValue, workers, rate, random })
    this.programs = Object.fromEntries(Object.entries(programs).map(([name, p]) => [name, { ...p, name, sql: statements(p) }]))
    this.alive = ['old']
    this.ledger = new Map()
    this.counts = { done: 0, failed: 0, failedNamed: 0, wrong: 0, longest: 0 }
    this.said = []
    this.nextKey = rows + 1
    this.stopped = false
  }

  start() {
    this.loops = Array.from({ length: this.workers }, (_, i) => this.work(i))
    if (!this.programs.new.draws) this.loops.push(this.race())
  }

  async stop() {
    this.stopped = true
    await Promise.all(this.loops)
  }

  note(kind, text) {
    this.counts[kind]++
    if (this.said.length < 12 && !this.said.includes(text)) this.said.push(text)
  }

  // One statement, timed. A named one is prepared once in its session and used again and again.
  async ask(session, program, verb, values, forgiven) {
    const began = process.hrtime.bigint()
    const query = { text: program.sql[verb], values, ...(session.named ? { name: `${program.name}_${verb}` } : {}) }
    try {
      const answer = await session.client.query(query)
      this.counts.done++
      return answer.rows
    } catch (error) {
      if (forgiven !== undefined && error.code === forgiven) return undefined
      const text = `${program.name} program, ${verb}: ${error.message} (${error.code ?? 'no code'})`
      this.note(session.named ? 'failedNamed' : 'failed', text)
      if (session.named || !error.code) await this.renew(session)
      return undefined
    } finally {
      const took = Number(process.hrtime.bigint() - began) / 1e6
      if (took > this.counts.longest) Object.assign(this.counts, { longest: took, longestOf: `${program.name} ${verb}` })
    }
  }

  async renew(session) {
    await session.client.end().catch(() => {})
    session.client = await this.connect()
  }

  // By what its row holds, too.
  async find(session, program, keys) {
    const key = this.pick(keys)
    const wanted = this.ledger.get(key) ?? this.seedValue(key)
    this.judge(program, 'find', key, await this.ask(session, program, 'find', [key, program.row(wanted, key)[0]]))
  }

  pick(list) { return list[this.random.below(list.length)] }

  judge(program, verb, key, rows) {
    const wanted = this.ledger.get(key) ?? this.seedValue(key)
    if (rows === undefined) return
    const got = rows.length === 1 ? program.value(rows[0]) : `${rows.length} rows`
    if (got !== wanted) this.note('wrong', `${program.name} program, ${verb} of ${key}: ${got} instead of ${wanted}: ${JSON.stringify(rows[0] ?? null)}`)
  }

  async turn(session, keys) {
    if (this.alive.length === 0) return
    const program = this.programs[this.pick(this.alive)]
    const verb = this.pick(['select', 'find', 'update', 'update', 'upsert', 'insert'])
    if (verb === 'find') { await this.find(session, program, keys); return }
    if (verb === 'select') {
      const key = this.pick(keys)
      this.judge(program, verb, key, await this.ask(session, program, verb, [key]))
      return
    }
    const value = 1 + this.random.below(900)
    if (verb === 'insert' && (program.draws || program.counts)) { await this.number(session, program, keys, value); return }
    const key = verb === 'insert' ? this.nextKey++ : this.pick(keys)
    const rows = await this.ask(session, program, verb, [key, ...program.row(value, key)])
    if (rows === undefined) { if (verb !== 'insert') await this.look(session, program, key, value); return }
    if (verb === 'insert') keys.push(key)
    this.ledger.set(key, value)
    this.judge(program, verb, key, rows)
  }

  // A row under a number that the database gives, or the program itself: the next of the greatest it knows, and again where that is taken.
  async number(session, program, keys, value) {
    let rows
    for (let tries = 0; rows === undefined && tries < 20; tries++) {
      const key = program.draws ? undefined : this.nextKey++
      rows = program.draws ? await this.ask(session, program, 'draw', program.row(value))
        : await this.ask(session, program, 'insert', [key, ...program.row(value, key)], '23505')
      if (program.draws) break
    }
    if (rows === undefined) return
    const key = Number(rows[0][program.key])
    if (this.ledger.has(key)) this.note('wrong', `${program.name} program: ${key} is given twice`)
    this.nextKey = Math.max(this.nextKey, key + 1)
    this.ledger.set(key, value)
    keys.push(key)
    this.judge(program, 'insert', key, rows)
  }

  // After a failure the row is as it was: the session may have broken off behind the commit, though.
  async look(session, program, key, value) {
    const rows = await this.ask(session, program, 'select', [key])
    if (rows?.length === 1 && program.value(rows[0]) === value) this.ledger.set(key, value)
  }

  async work(number) {
    const session = { client: await this.connect(), named: number % 4 === 3 }
    const keys = []
    for (let key = number + 1; key <= Math.min(this.rows, 4000); key += this.workers) keys.push(key)
    while (!this.stopped) {
      const began = Date.now()
      await this.turn(session, keys)
      const pause = 1000 * this.workers / this.rate - (Date.now() - began)
      if (pause > 0) await new Promise(resolve => setTimeout(resolve, pause))
    }
    await session.client.end()
  }

  // Three sessions write one new key at the same instant: an upsert of a row that is not there yet.
  async race() {
    const sessions = await Promise.all([0, 1, 2].map(async () => ({ client: await this.connect(), named: false })))
    while (!this.stopped) {
      if (this.alive.length === 0) { await new Promise(resolve => setTimeout(resolve, 5)); continue }
      const key = this.nextKey++, value = 1 + this.random.below(900)
      this.ledger.set(key, value)
      await Promise.all(sessions.map(session => {
        const program = this.programs[this.pick(this.alive)]
        return this.ask(session, program, 'upsert', [key, ...program.row(value, key)]).then(rows => this.judge(program, 'upsert', key, rows))
      }))
      await new Promise(resolve => setTimeout(resolve, 5))
    }
    await Promise.all(sessions.map(session => session.client.end()))
  }

  // Every row against the ledger.
  async audit(client, name) {
    const program = this.programs[name]
    const columns = [program.key, ...program.columns]
    const read = columns.map(c => program.casts?.[c] ? `${quote(c)}::text AS ${quote(c)}` : quote(c)).join(', ')
    const { rows } = await client.query(`SELECT ${read} FROM ${quote(program.table)}`)
    let seen = 0
    for (const row of rows) {
      const key = Number(row[program.key])
      const wanted = this.ledger.get(key) ?? (key <= this.rows ? this.seedValue(key) : undefined)
      seen += wanted !== undefined ? 1 : 0
      if (wanted !== undefined && program.value(row) !== wanted) this.note('wrong', `at the end ${key} holds ${JSON.stringify(row)} instead of ${wanted}`)
    }
    const expected = this.rows + [...this.ledger.keys()].filter(key => key > this.rows).length
    if (seen !== expected) this.note('wrong', `at the end ${seen} rows of ${expected}`)
  }
}
