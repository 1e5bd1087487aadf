// fields.mjs - whose values a column holds: fields and enum values are followed by their names in the schema text.
//
// A script may leave every column there and still give its values to another field, when names pass from one to another.

const stored = name => { // names are cut at 63 bytes, never inside a character
  let cut = Buffer.from(name).subarray(0, 63).toString()
  while (Buffer.byteLength(cut) > 63 || cut.endsWith('\ufffd')) cut = cut.slice(0, -1)
  return cut
}

const mapOf = line => { const found = line.match(/(?:^|\s)@@?map\(("(?:[^"\\]|\\.)*")\)/); return found && JSON.parse(found[1]) }

// 'Model', 'Model.field' or 'Enum.value' -> where it lies: 'table name', 'table.column' or 'type.value', by database names.
function placesOf(text) {
  const places = new Map()
  for (const [, kind, name, body] of text.matchAll(/^(model|enum) (\S+) \{\n([\s\S]*?)^\}/gm)) {
    const lines = body.split('\n').filter(l => /^  \S/.test(l) && !l.trim().startsWith('//'))
    const owner = stored(mapOf(lines.find(l => l.startsWith('  @@map(')) ?? '') ?? name)
    if (kind === 'model') places.set(`model ${name}`, `table ${owner}`)
    for (const line of lines.filter(l => !l.startsWith('  @@'))) {
      const [, item] = line.match(/^  (\S+)/)
      places.set(`${kind} ${name}.${item}`, `${owner}.${stored(mapOf(line) ?? item)}`)
    }
  }
  return places
}

// Models and fields of both schemas whose old table or column is still there, but belongs to another one of both: their rows or values
// changed hands. A new field that is put on a column takes it with its values. `before`, `after`: what the server knows columns and values by -> place.
export function strayed(c, before, after) {
  const [from, to] = [placesOf(c.from), placesOf(c.to)], ids = new Map([...before].map(([id, { place }]) => [place, id]))
  const owners = new Map([...to].map(([field, place]) => [place, field]))
  return [...from].filter(([field, place]) => {
    const now = after.get(ids.get(place))?.place
    return to.has(field) && now !== undefined && now !== to.get(field) && from.has(owners.get(now))
  }).map(([field]) => field)
}
