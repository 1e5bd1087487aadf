// shrink.mjs - a smaller case with the same fault: blocks and lines that stand in both schemas go as long as it stays.

const blocks = text => text.trim().split(/\n\n+/)
const nameOf = block => block.match(/^(?:\/\/\/.*\n)*(model|enum) (\S+) \{/m)?.[2]
const mentions = name => line => new RegExp(`^  \\S+ ${name}(\\[\\]|\\?)?( |$)`).test(line)

function without(text, name) {
  const kept = blocks(text).filter(b => nameOf(b) !== name)
  return kept.map(b => b.split('\n').filter(l => !mentions(name)(l)).join('\n')).join('\n\n') + '\n'
}

const candidatesOf = c => {
  const names = [...new Set([...blocks(c.from), ...blocks(c.to)].map(nameOf).filter(Boolean))]
  const lines = [...new Set([...c.from.split('\n'), ...c.to.split('\n')].filter(l => /^  (\S+ \S|@@)/.test(l) && !l.includes('provider')))]
  const relations = [...new Set(lines.flatMap(l => l.match(/@relation\(("[^"]+")/)?.[1] ?? []))]
  const strip = test => text => text.split('\n').filter(l => !test(l)).join('\n')
  return [
    ...names.map(n => text => without(text, n)),
    ...relations.map(n => strip(l => l.includes(`@relation(${n}`))),
    ...lines.map(line => strip(l => l === line)),
    ...lines.filter(l => /^  \S+ \S/.test(l)).map(line => strip(l => l.startsWith(line.split(' ').slice(0, 3).join(' ') + ' '))),
  ]
}

// `holds(case)`: the fault is still there. Each step asks it, so it should be quick.
export async function shrink(c, valid, holds, limit = 400) {
  for (let left = limit, better = true; better && left > 0;) {
    better = false
    for (const cut of candidatesOf(c)) {
      const next = { ...c, from: cut(c.from), to: cut(c.to) }
      if (next.from === c.from && next.to === c.to || !valid(next.from) || !valid(next.to)) continue
      if (left-- <= 0) break
      if (await holds(next)) { c = next; better = true }
    }
  }
  return c
}
