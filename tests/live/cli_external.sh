#!/usr/bin/env bash
# Objects that others own (tables.external, enums.external): keys lead to them, and no command makes, changes, drops or
# reports them.
# shellcheck disable=SC2154,SC2034  # $url is cli.bash's, which reads $out
# shellcheck source=tests/harness/cli.bash
source "$(dirname "$0")/../harness/cli.bash"

config() { # LISTS...
    cat > prisma.config.ts << END
import { defineConfig, env } from 'prisma/config'
export default defineConfig({
  experimental: { externalTables: true },
  $*
  datasource: { url: env('VET_DB') },
})
END
    export VET_DB=$url
}

case_begin 'a table of another schema, modelled here'
psql_ "$url" -c 'CREATE SCHEMA auth; CREATE TABLE auth.users (id uuid PRIMARY KEY, email text, secret bytea); CREATE INDEX i ON auth.users (email)'
schema << 'END'
datasource db {
  provider = "postgresql"
  schemas  = ["public", "auth"]
}

model User {
  id    String @id @db.Uuid
  notes Note[]

  @@map("users")
  @@schema("auth")
}

model Note {
  id   Int    @id
  by   String @db.Uuid
  user User   @relation(fields: [by], references: [id])

  @@schema("public")
}
END
init='CREATE SCHEMA auth; CREATE TABLE auth.users (id uuid PRIMARY KEY);'
config "tables: { external: ['auth.users'] }, migrations: { initShadowDb: '$init' },"
expect 0 bellows migrate dev --name one
expect 1 grep -rqi 'create table "auth"\|create schema' prisma/migrations
expect 0 grep -rq 'REFERENCES "auth"."users"' prisma/migrations
expect 0 bellows check
expect 0 bellows migrate dev
says 'Already in sync'
sed -i 's/  by   String @db.Uuid/  by   String @db.Uuid\n  text String?/' prisma/schema.prisma
expect 0 bellows migrate dev --name two
expect 0 bellows db push
expect 0 bellows migrate diff --from-config-datasource --to-schema prisma/schema.prisma --exit-code
sed -i '/user User/d; /notes Note/d' prisma/schema.prisma
expect 0 bellows migrate dev --name three
expect 0 grep -rq 'DROP CONSTRAINT "Note_by_fkey"' prisma/migrations
expect 0 bellows check
query_gives "SELECT count(*) FROM information_schema.columns WHERE table_schema = 'auth'" 3

case_begin 'a shadow database is used twice, and one that is prepared'
psql_ "$url" -c 'CREATE SCHEMA auth; CREATE TABLE auth.users (id uuid PRIMARY KEY)'
schema << 'END'
datasource db {
  provider = "postgresql"
}

model Note {
  id Int    @id
  by String @db.Uuid
}
END
mkdir -p prisma/migrations/1_a
cat > prisma/migrations/1_a/migration.sql << 'END'
CREATE TABLE "Note" ("id" INTEGER NOT NULL, "by" UUID NOT NULL, CONSTRAINT "Note_pkey" PRIMARY KEY ("id"));
ALTER TABLE "Note" ADD CONSTRAINT by_hand FOREIGN KEY ("by") REFERENCES auth.users (id);
END
config "tables: { external: ['auth.users'] }, migrations: { initShadowDb: '$init' },"
expect 0 bellows migrate deploy
shadow=$(database_url "${database}_shadow")
psql_ "$BELLOWS_TEST_URL" -c "CREATE DATABASE ${database}_shadow" > /dev/null
for _ in 1 2; do expect 0 bellows check --shadow-database-url "$shadow"; done
psql_ "$url" -c 'ALTER TABLE "Note" DROP CONSTRAINT by_hand'
expect 2 bellows check --shadow-database-url "$shadow"
says 'Removed foreign key on columns (by)'
drop_database "${database}_shadow"

case_begin 'a table among our own, and an enum'
psql_ "$url" -c "CREATE TABLE theirs (id int PRIMARY KEY); CREATE TYPE level AS ENUM ('a', 'b')"
schema << 'END'
datasource db {
  provider = "postgresql"
}

model A {
  id Int @id
}
END
config "tables: { external: ['public.theirs'] }, enums: { external: ['public.level'] },"
expect 0 bellows db push
query_gives "SELECT to_regclass('theirs'), to_regtype('level')" 'theirs|level'
expect 0 bellows db push
says 'in sync'

case_begin 'reset and push --force-reset leave them where they are, with all they are made of'
psql_ "$url" -c "CREATE TYPE level AS ENUM ('a', 'b'); CREATE SEQUENCE numbers; CREATE FUNCTION theirs_f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'; CREATE FUNCTION made() RETURNS text LANGUAGE sql AS 'SELECT 1'" \
    -c "CREATE TABLE theirs (id serial PRIMARY KEY, n int DEFAULT nextval('numbers'), l level[], m text DEFAULT made()); CREATE TRIGGER t BEFORE INSERT ON theirs FOR EACH ROW EXECUTE FUNCTION theirs_f(); INSERT INTO theirs (l) VALUES ('{a}')"
schema << 'END'
datasource db {
  provider = "postgresql"
}

model A {
  id Int @id
}
END
config "tables: { external: ['public.theirs'] }, enums: { external: ['public.level'] },"
expect 0 bellows migrate dev --name one --skip-generate
psql_ "$url" -c 'CREATE FUNCTION ours() RETURNS int LANGUAGE sql AS $$ SELECT 1 $$; CREATE VIEW v AS SELECT 1 AS x; INSERT INTO "A" VALUES (1)'
for words in 'migrate reset --force --skip-seed --skip-generate' 'db push --force-reset --skip-generate'; do
    # shellcheck disable=SC2086
    expect 0 bellows $words
    query_gives "SELECT count(*), count(n), count(m), min(l::text) FROM theirs" '1|1|1|{a}'
    query_gives "SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal" 1
    query_gives 'SELECT count(*) FROM "A"' 0
done
query_gives "SELECT to_regclass('v') IS NULL AND to_regproc('ours') IS NULL" t
psql_ "$url" -c "INSERT INTO theirs (l) VALUES ('{b}')"

case_begin 'pull: a key to an external table that is not read'
psql_ "$url" -c 'CREATE SCHEMA auth; CREATE TABLE auth.users (id int PRIMARY KEY); CREATE TABLE note (id int PRIMARY KEY, by int REFERENCES auth.users)'
schema << 'END'
datasource db {
  provider = "postgresql"
}
END
config "tables: { external: ['auth.users'] },"
expect 0 bellows db pull
expect 0 grep -q 'model note' prisma/schema.prisma
expect 1 grep -q 'users' prisma/schema.prisma
expect 0 bellows validate
expect 0 bellows migrate diff --from-config-datasource --to-schema prisma/schema.prisma --exit-code

case_begin 'a name without a schema is refused'
schema << 'END'
datasource db {
  provider = "postgresql"
}
END
config "tables: { external: ['theirs'] },"
expect 1 bellows db push
says '`theirs` of `tables.external` is no name'

finish
