import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { validate } from './engine/reference.mjs'
import { drawCase } from './random/case.mjs'
const [old, now, seed0, count] = process.argv.slice(2)
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'cmp-'))
const [from, to] = ['from', 'to'].map(n => path.join(scratch, n + '.prisma'))
const valid = t => validate(t).ok
let n = 0, direct = 0, online = 0, broken = 0
const run = (p, ...o) => { const r = spawnSync(p, o, { encoding: 'utf8', timeout: 60000 }); return r.stdout + '\n#' + r.status + '\n' + r.stderr.replace(/==\d+==/g, '') }
for (let s = Number(seed0); s < Number(seed0) + Number(count); s++) {
  const c = drawCase(s, valid)
  if (!c) continue
  fs.writeFileSync(from, c.from); fs.writeFileSync(to, c.to); n++
  for (const [what, o] of [['direct', ['--direct']], ['online', []]]) {
    const a = run(old, what == 'direct' ? 'script' : 'sql', from, to, ...o), b = run(now, what == 'direct' ? 'script' : 'sql', from, to, ...o)
    const proved = /\n#0\n/.test(b)
    if (!proved && /\n#0\n/.test(a)) { broken++; console.log(`BROKEN ${s} ${what} [${c.edits.join(' ')}] ${b.slice(0, 400)}`) }
    else if (a !== b) {
      if (what == 'direct') direct++; else online++
      fs.mkdirSync('/tmp/cmp', { recursive: true })
      fs.writeFileSync(`/tmp/cmp/${s}.${what}.old`, a); fs.writeFileSync(`/tmp/cmp/${s}.${what}.new`, b)
      console.log(`DIFF ${s} ${what} [${c.edits.join(' ')}]`)
    }
  }
}
console.log(`${n} edits, direct differ ${direct}, online differ ${online}, broken ${broken}`)
fs.rmSync(scratch, { recursive: true })
