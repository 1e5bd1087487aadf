// eight.mjs - the client of Prisma 8, in the words of the older ones, so that the same programs can work with it.
//
// Its packages (samples/prisma-8/package.json, 1.3 GB) are no part of the default run: a folder that holds them is named.
import fs from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { Project } from './project.mjs'

// Its client reads times as Temporal's, which Node has from version 26 on; what programs bring with them until then, as far as
// they are only read.
globalThis.Temporal ??= Object.fromEntries(['Instant', 'PlainDate', 'PlainDateTime', 'PlainTime'].map(kind => [kind, { from: text => text }]))

export class ProjectOfEight extends Project {
  write(models, name) {
    fs.writeFileSync(path.join(this.folder, 'prisma/schema.prisma'), `datasource db {\n  provider = "postgresql"\n}\n\n${models}`)
    fs.writeFileSync(path.join(this.folder, 'prisma.config.ts'), `import { definePrismaConfig } from 'prisma/config'
import { defineConfig as ormConfig, prisma7Schema } from '@prisma/orm-postgres/config'

export default definePrismaConfig({
  orm: ormConfig({ contract: prisma7Schema('prisma/schema.prisma'), output: 'made/${name}', db: { connection: process.env['DATABASE_URL']! } }),
})\n`)
  }

  async connect(name, url = this.url) {
    const runtime = await import(pathToFileURL(path.join(this.folder, 'node_modules/@prisma/orm-postgres/dist/runtime.mjs')))
    const contractJson = JSON.parse(fs.readFileSync(path.join(this.folder, `made/${name}/contract.json`), 'utf8'))
    const db = runtime.default({ contractJson, url })
    const tables = Object.keys(contractJson.domain.namespaces?.public?.models ?? contractJson.models ?? {})
    return Object.assign(Object.fromEntries(tables.map(model => [model[0].toLowerCase() + model.slice(1), table(db.orm.public[model])])),
      { $disconnect: () => db.close() })
  }
}

// A row of another model is named by its key; one to be made along is left out.
function flat(data) {
  const own = {}
  for (const [field, value] of Object.entries(data)) {
    if (value?.connect) own[`${field}Id`] = value.connect.id
    else if (value?.create === undefined) own[field] = value
  }
  return own
}

// The words of the programs for one model of version 8. Lists cannot be asked; a comparison is a function of the row.
function asked(model, where = {}) {
  let rows = model
  for (const [field, value] of Object.entries(where)) {
    if (value?.gt !== undefined) rows = rows.where(row => row[field].gt(value.gt))
    else if (value?.has === undefined) rows = rows.where({ [field]: value })
  }
  return rows
}
const along = (rows, include = {}) => Object.keys(include).reduce((all, relation) => all.include(relation), rows)
const table = model => ({
  create: ({ data }) => model.create(flat(data)),
  createManyAndReturn: ({ data }) => model.createAll(data.map(flat)),
  findUnique: ({ where, include }) => along(asked(model, where), include).first(),
  findFirst: ({ where }) => asked(model, where).first(),
  findMany: ({ where } = {}) => asked(model, where).all(),
  count: async ({ where }) => Number((await asked(model, where).aggregate(all => ({ rows: all.count() }))).rows),
  update: async ({ where, data }) => { const row = await model.where(where).update(flat(data)); return Array.isArray(row) ? row[0] : row },
  upsert: ({ where, create, update }) => model.upsert({ create: { ...where, ...flat(create) }, update: flat(update), conflictOn: where }),
  delete: ({ where }) => model.where(where).delete(),
})
