// case.mjs - one case: a valid schema and a valid edited one, both from one seed.
//
// An edit that leaves the schema invalid is taken back and another one drawn, so that cases are about edits, not about mistakes.
import { drawEdit } from './edits.mjs'
import { drawSchema } from './generate.mjs'
import { Random } from './prng.mjs'
import { schemaText } from './schema.mjs'

const attempts = 40

// `valid`: a schema's text is valid for the reference. Undefined when chance gave no valid schema at all.
export function drawCase(seed, valid) {
  const r = new Random(seed)
  for (let i = 0; i < attempts; i++) {
    const drawn = drawSchema(r)
    mend(drawn.schema)
    const from = schemaText(drawn.schema)
    if (valid(from)) return edited(r, drawn, from, valid)
  }
}

// A foreign key wants its referenced columns alone unique: relations that lost that are dropped.
function mend(schema) {
  schema.relations = schema.relations.filter(rel => rel.kind === 'nm' || rel.refs.every(f => rel.to.fields.includes(f)))
}

function edited(r, { schema, names, parts }, from, valid) {
  let state = structuredClone(schema), text = from
  const edits = []
  for (let wanted = r.weighted([[4, 1], [3, 2], [2, 3], [2, 5], [1, 9]]), i = 0; edits.length < wanted && i < attempts; i++) {
    const edit = drawEdit(r), next = structuredClone(state)
    if (/^(field|key)\./.test(edit.label) && !next.models.some(model => model.fields.length)) continue
    if (edit.apply(next, { r, names, parts }) === false) continue
    const after = schemaText(next)
    if (after === text || !valid(after)) continue
    state = next
    text = after
    edits.push(edit.label)
  }
  return { from, to: text, edits, citext: schema.citext }
}
