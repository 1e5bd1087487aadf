// names.mjs - names of models, fields, enums and values, and names in the database: plain ones, and those that break things.

const nouns = ['User', 'Post', 'Tag', 'Order', 'Item', 'Visit', 'Log', 'Team', 'Role', 'City', 'Note', 'Page', 'Bill', 'Task', 'Unit', 'Word']
const words = ['name', 'title', 'kind', 'state', 'count', 'price', 'when', 'code', 'data', 'text', 'flag', 'rank', 'size', 'type', 'order', 'user', 'value', 'Label', 'from', 'createdAt']
const values = ['RED', 'GREEN', 'BLUE', 'open', 'closed', 'Draft', 'done', 'A', 'B', 'C', 'on', 'off', 'low', 'high']

// Things only a quoted name can hold. `"` breaks the reference wherever it appears, so it is drawn seldom.
const odd = base => [`${base}.x`, `${base} two`, `UPPER_${base}`, `${base}-dash`, `é${base}`, `${base}日本`, `'${base}'`, `1${base}`, `${base}$`, `"${base}`.slice(1), `${base}\\n`, `%${base}`]
const ending = '_abcdefghijklmnopqrstuvwxyz_abcdefghijklmnopqrstuvwxyz_abcdefghijklmnop'
const cut = (text, bytes) => { while (Buffer.byteLength(text) > bytes) text = text.slice(0, -1); return text }

export class Names {
  constructor(r, taste) { this.r = r; this.taste = taste; this.count = 0 }

  fresh(base) { return `${base}${++this.count}` }
  model() { return this.long(this.fresh(this.r.pick(nouns))) }
  enumeration() { return this.long(this.fresh(this.r.pick(['Kind', 'Status', 'Color', 'level', 'Mode']))) }
  field() { return this.long(this.fresh(this.r.pick(words))) }
  value() { return this.fresh(this.r.pick(values)) }
  relation() { return this.long(this.fresh(this.r.pick(['Rel', 'link', 'Owns']))) }

  long(name) { return this.r.chance(this.taste.long) ? cut(name + ending, this.r.pick([40, 55, 60, 63])) : name }

  // A name in the database: in another style, odd, at the limit of 63 bytes, or with a double quote.
  database(base) {
    const r = this.r, own = this.fresh(base.slice(0, 12))
    if (r.chance(this.taste.quote)) return `${own}"q`
    if (r.chance(this.taste.over)) return cut(own + ending, 70)
    if (r.chance(this.taste.long)) return cut(own + (r.chance(0.3) ? 'é'.repeat(40) : ending), r.pick([58, 62, 63]))
    if (r.chance(this.taste.odd)) return r.pick(odd(own))
    return r.pick([own.toLowerCase(), own.replace(/([a-z])([A-Z0-9])/g, '$1_$2').toLowerCase(), `t_${own}`, own.toUpperCase()])
  }

  constraint(base) { return cut(this.database(base), 63) }
}

export const drawTaste = r => ({
  long: r.chance(0.15) ? 0.4 : 0.02, odd: r.chance(0.2) ? 0.6 : 0.05, over: r.chance(0.02) ? 0.2 : 0, quote: r.chance(0.015) ? 0.3 : 0,
  loose: r.chance(0.25), // expressions and types the server writes in other words than the schema
})
