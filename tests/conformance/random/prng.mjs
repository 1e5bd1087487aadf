// prng.mjs - repeatable chance: the same seed, the same choices, on every machine.
//
// Each case draws from a generator of its own, so that case 4711 is the same whether a run begins with it or reaches it.

export class Random {
  constructor(seed) { this.state = (Math.imul(seed, 0x9e3779b1) ^ 0x85ebca6b) >>> 0; for (let i = 0; i < 4; i++) this.next() }

  // mulberry32
  next() {
    this.state = (this.state + 0x6d2b79f5) >>> 0
    let t = this.state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }

  below(n) { return Math.floor(this.next() * n) }
  between(low, high) { return low + this.below(high - low + 1) }
  chance(p) { return this.next() < p }
  pick(list) { return list[this.below(list.length)] }

  // One of `[weight, thing]` pairs, by weight.
  weighted(pairs) {
    let at = this.next() * pairs.reduce((sum, [weight]) => sum + weight, 0)
    for (const [weight, thing] of pairs) if ((at -= weight) < 0) return thing
    return pairs.at(-1)[1]
  }

  shuffled(list) {
    const out = [...list]
    for (let i = out.length - 1; i > 0; i--) { const j = this.below(i + 1); [out[i], out[j]] = [out[j], out[i]] }
    return out
  }

  some(list, n) { return this.shuffled(list).slice(0, n) }
}
