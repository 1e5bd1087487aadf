// cases.mjs - where the cases lie and what each consists of. Knows no engine and no database.
//
// A schema case: schemas/<name>/ with schema.prisma (or a folder schema/) and expected.sql.
// An edit:       edits/<name>/ with from.prisma and to.prisma (or folders from/, to/) and expected.sql.
// divergent/<name>/ holds either, plus why.txt; those are never judged byte for byte.
// setup.sql, where present, is what the database needs before: it belongs to no schema. needs.txt: the major of PostgreSQL it
// needs, and what of it.
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = path.dirname(fileURLToPath(import.meta.url))

const schemaIn = (dir, name) =>
  [path.join(dir, `${name}.prisma`), path.join(dir, name)].find(p => fs.existsSync(p))

function readCase(group, name) {
  const dir = path.join(root, group, name)
  const setup = path.join(dir, 'setup.sql')
  const from = schemaIn(dir, 'from')
  const to = from ? schemaIn(dir, 'to') : schemaIn(dir, 'schema')
  if (!to) throw new Error(`${group}/${name} has neither schema.prisma nor from.prisma and to.prisma`)
  const needs = path.join(dir, 'needs.txt')
  return {
    needs: fs.existsSync(needs) ? Number.parseInt(fs.readFileSync(needs, 'utf8'), 10) : 0,
    label: `${group}/${name}`, group, dir, from, to,
    expected: path.join(dir, 'expected.sql'), setup: fs.existsSync(setup) ? setup : undefined,
  }
}

export function listCases(groups, filter = '') {
  const names = group => fs.readdirSync(path.join(root, group), { withFileTypes: true })
    .filter(e => e.isDirectory()).map(e => e.name).sort()
  return groups.flatMap(g => names(g).map(n => readCase(g, n))).filter(c => c.label.includes(filter))
}
