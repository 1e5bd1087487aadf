// case.mjs - one case: a valid schema and a valid edited one, or a walk of many, all from one seed.
//
// An edit that leaves the schema invalid is taken back and another one drawn, so that cases are about edits, not about mistakes.
import { drawEdit } from './edits.mjs'
import { drawSchema } from './generate.mjs'
import { Random } from './prng.mjs'
import { schemaText } from './schema.mjs'

const attempts = 40

// `valid`: a schema's text is valid for the reference. Undefined when chance gave no valid schema at all.
export function drawCase(seed, valid) {
  const r = new Random(seed), first = drawFirst(r, valid)
  if (!first) return
  const { text, edits } = edited(r, first, valid, r.weighted([[4, 1], [3, 2], [2, 3], [2, 5], [1, 9]]))
  return { from: first.text, to: text, edits, citext: first.state.citext }
}

// A schema and what becomes of it in `steps` times some edits: [{ text, edits }].
export function drawWalk(seed, valid, steps) {
  const r = new Random(seed), first = drawFirst(r, valid)
  if (!first) return
  const walk = [{ ...first, edits: [] }]
  for (let i = 0; i < steps; i++) walk.push({ ...first, ...edited(r, { ...first, ...walk.at(-1) }, valid, r.weighted([[3, 1], [2, 2], [1, 4]])) })
  return { states: walk.map(({ text, edits }) => ({ text, edits })), citext: first.state.citext }
}

function drawFirst(r, valid) {
  for (let i = 0; i < attempts; i++) {
    const { schema, names, parts } = drawSchema(r)
    mend(schema)
    const text = schemaText(schema)
    if (valid(text)) return { state: schema, text, names, parts }
  }
}

// A foreign key wants its referenced columns alone unique: relations that lost that are dropped.
function mend(schema) {
  schema.relations = schema.relations.filter(rel => rel.kind === 'nm' || rel.refs.every(f => rel.to.fields.includes(f)))
}

function edited(r, { state: schema, text: before, names, parts }, valid, wanted) {
  let state = structuredClone(schema), text = before
  const edits = []
  for (let i = 0; edits.length < wanted && i < attempts; i++) {
    const edit = drawEdit(r), next = structuredClone(state)
    if (/^(field|key)\./.test(edit.label) && !next.models.some(model => model.fields.length)) continue
    if (edit.apply(next, { r, names, parts }) === false) continue
    const after = schemaText(next)
    if (after === text || !valid(after)) continue
    state = next
    text = after
    edits.push(edit.label)
  }
  return { state, text, edits }
}
