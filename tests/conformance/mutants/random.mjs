// random.mjs - chance that can be repeated: the same seed gives the same choices on every machine.

// mulberry32 over a mixed seed.
export function random(...seeds) {
  let state = seeds.reduce((hash, s) => Math.imul(hash ^ s, 0x9e3779b1) + 0x7f4a7c15 | 0, 0x2545f491)
  const next = () => {
    state = state + 0x6d2b79f5 | 0
    let t = Math.imul(state ^ state >>> 15, 1 | state)
    t = t + Math.imul(t ^ t >>> 7, 61 | t) ^ t
    return ((t ^ t >>> 14) >>> 0) / 4294967296
  }
  const below = n => Math.floor(next() * n)
  const pick = list => list[below(list.length)]
  const chance = p => next() < p
  return { next, below, pick, chance, some: (list, p) => list.filter(() => chance(p)), shuffled }

  function shuffled(list) {
    const out = [...list]
    for (let i = out.length - 1; i > 0; i--) {
      const j = below(i + 1)
      ;[out[i], out[j]] = [out[j], out[i]]
    }
    return out
  }
}
