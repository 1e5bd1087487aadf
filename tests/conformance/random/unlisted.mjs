// unlisted.mjs - schemas that left the list `schemas`: what is in them is nobody's any more, and stays as it is.
//
// A plan from a database or from a folder looks only into the schemas that are listed. What others hold is left alone, may hold on to
// what is to go, and is no fault; but it has to be there unchanged.

// A subject of catalog.mjs begins with its schema, quoted or not.
const schemaOf = key => key.match(/^\S+ (?:of )?(?:"((?:[^"]|"")*)"|([^".(]+))\./)?.slice(1).find(Boolean)?.replaceAll('""', '"')

export const listed = text => {
  const list = text.match(/^  schemas = (\[.*\])$/m)
  return list ? new Set(JSON.parse(list[1])) : undefined
}

const isLeft = (list, schema) => list !== undefined && schema !== undefined && !list.has(schema)

// What a state holds outside of the schemas that are listed.
export const outside = (text, state) => {
  const list = listed(text)
  return new Map([...state].filter(([key]) => isLeft(list, schemaOf(key))))
}

// The server's words to a DROP: is all that depends on it outside?
export function isHeld(text, failed) {
  const list = listed(text), [, details] = failed.match(/^cannot drop .* because other objects depend on it \(([^]*)\)$/) ?? []
  return details !== undefined && details.split('\n').every(line => {
    const [, quoted, plain] = line.match(/^.*? (?:table|view|type|sequence|index) (?:"((?:[^"]|"")*)"|([^". ]+))\..* depends on /) ?? []
    return isLeft(list, quoted?.replaceAll('""', '"') ?? plain)
  })
}
