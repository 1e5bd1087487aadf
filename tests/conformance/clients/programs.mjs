// programs.mjs - what a program does with a client, statement by statement, and what it feels.

const key = name => name[0].toLowerCase() + name.slice(1)

// What a person sees of an error: the client's code, else its last line.
export function felt(error) {
  const code = /^P\d{4}$/.exec(error.code ?? '')?.[0]
  return code ?? error.message.trim().split('\n').at(-1).replace(/(?:, got | for |: ").*$/, '')
}

// The number that a row stands for after the program has written v.
const meant = (program, v) => program.value(program.data(v))

// Each verb for a row of its own; the ledger learns what the rows hold. Answers what fails: { verb, why }.
export async function work(client, program, ledger, first) {
  const table = client[key(program.model)], wrong = []
  const made = program.made ?? program.data, by = program.by ?? 'id', typed = text => ({ [by]: (program.key ?? Number)(text) })
  let v = first, id
  const wrote = row => {
    if (program.value(row) !== meant(program, v)) throw new Error(`reads ${program.value(row)} back`)
    id = `${row[by]}`
    ledger.set(id, meant(program, v))
  }
  const found = row => {
    if (row === null || program.value(row) !== ledger.get(id)) throw new Error(`finds ${row === null ? 'nothing' : program.value(row)}`)
  }
  // A statement that fails for the client may have been done: nothing is known of its row.
  const step = async (verb, does) => {
    try { await does() } catch (error) { ledger.delete(id); wrong.push({ verb, why: felt(error) }) }
  }
  await step('create', async () => { v++; wrote(await table.create({ data: made(v) })) })
  if (!program.nested) await step('createMany', async () => { v++; wrote((await table.createManyAndReturn({ data: [made(v)] }))[0]) })
  if (id === undefined) id = [...ledger.keys()].at(-1)
  else await step('findFirst', async () => found(await table.findFirst({ where: { ...program.where(v), ...typed(id) } })))
  await step('findUnique', async () => found(await table.findUnique({ where: typed(id) })))
  await step('update', async () => { v++; wrote(await table.update({ where: typed(id), data: program.data(v) })) })
  await step('upsert', async () => { v++; wrote(await table.upsert({ where: typed(id), create: made(v), update: program.data(v) })) })
  if (!program.nested) await step('delete', async () => { await table.delete({ where: typed((await table.create({ data: made(1) }))[by]) }) })
  return wrong
}

// Every row that either program wrote, read by this one.
export async function read(client, program, ledger) {
  try {
    const rows = new Map((await client[key(program.model)].findMany()).map(row => [`${row[program.by ?? 'id']}`, row]))
    for (const [id, wanted] of ledger) {
      if (!rows.has(id)) return [{ verb: 'findMany', why: 'does not find a row' }]
      const got = program.value(rows.get(id))
      if (got !== wanted) return [{ verb: 'findMany', why: `reads ${got}` }]
    }
    return []
  } catch (error) { return [{ verb: 'findMany', why: felt(error) }] }
}
