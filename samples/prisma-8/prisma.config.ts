import { definePrismaConfig } from 'prisma/config'
import { defineConfig as ormConfig, prisma7Schema } from '@prisma/orm-postgres/config'

export default definePrismaConfig({
  orm: ormConfig({
    contract: prisma7Schema('prisma/schema.prisma'),
    output: 'src',
    db: { connection: process.env['DATABASE_URL']! },
  }),
})
