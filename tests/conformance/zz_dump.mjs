import fs from 'node:fs'
import { validate } from './engine/reference.mjs'
import { drawCase } from './random/case.mjs'
const s = Number(process.argv[2]); const c = drawCase(s, t => validate(t).ok)
fs.mkdirSync(`/tmp/c${s}`, { recursive: true }); fs.writeFileSync(`/tmp/c${s}/from.prisma`, c.from); fs.writeFileSync(`/tmp/c${s}/to.prisma`, c.to)
