#!/usr/bin/env bash
# Prisma 8 beside us, without its packages: what `generate` and `deploy --sign` ask of them, what version 8 keeps in folder and database and
# nobody touches, what a plan says to its programs. The real client: samples/prisma-8.
# shellcheck source=tests/harness/cli.bash
source "$(dirname "$0")/../harness/cli.bash"
sample=$(realpath "$(dirname "$0")/../../samples/prisma-8")

# A project of version 8 whose `prisma` writes down what it is asked and ends with what stands in `answer`.
project() { # [SCHEMA]
    local schema=${1:-prisma/schema.prisma}
    mkdir -p node_modules/.bin "$(dirname "$schema")"
    # shellcheck disable=SC2016 # the script's own
    printf '#!/bin/sh\necho "$* telemetry=$PRISMA_DISABLE_TELEMETRY url=$VET_DB" >> asked\necho "its words"\nexit "$(cat answer 2>/dev/null || echo 0)"\n' \
        > node_modules/.bin/prisma
    chmod +x node_modules/.bin/prisma
    cat > prisma.config.ts << S
import 'dotenv/config'
import { definePrismaConfig } from 'prisma/config'
import { defineConfig as ormConfig, prisma7Schema } from '@prisma/orm-postgres/config'
export default definePrismaConfig({
  orm: ormConfig({ contract: prisma7Schema('$schema'), output: 'src', db: { connection: process.env['VET_DB']! } }),
})
S
    echo "VET_DB=$url" > .env
    printf 'datasource db {\n  provider = "postgresql"\n}\n\nmodel User {\n  id    Int    @id\n  name  String\n  likes Int    @default(0)\n}\n' > "$schema"
}
asked() { [ "$(cat asked 2>/dev/null)" = "$1" ] || fail "asked was: $(cat asked 2>&1)"; rm -f asked; }
sign='db sign --no-advance-ref --no-interactive --format human --quiet telemetry=1'

case_begin 'generate emits the contract; what is left of a client is no error'
project
printf '\ngenerator client {\n  provider = "prisma-client"\n  output   = "../gen"\n}\n' >> prisma/schema.prisma
expect 0 bellows generate
says 'Emitted the contract'
asked "contract emit --no-interactive --format human --quiet telemetry=1 url=$url"
echo 2 > answer
expect 1 bellows generate
says 'its words'
says 'E0596]: `prisma contract emit` failed: it ended with 2'
rm node_modules/.bin/prisma
expect 1 bellows generate
says 'the npm package `prisma` is not installed'

case_begin 'deploy signs, once the database has the shape'
project
expect 0 bellows migrate dev --name one
expect 0 bellows migrate deploy --sign
says 'The database is signed.'
asked "$sign url=$url"
sed -i 's|  name  String|  /// @renamedFrom(name)\n  fullName String|' prisma/schema.prisma
expect 0 bellows migrate dev --name two --create-only
echo 4 > answer
expect 0 bellows migrate deploy --sign
says 'not signed yet: it gets the contract'
says_not 'its words'
asked "$sign url=$url"
expect 1 bellows migrate deploy --contract --sign
says 'its words'
says 'E0597]: the database is not signed: it is not what the contract says'
says 'keep away from `prisma db update`'
echo 0 > answer
rm -f asked
echo '{ "sign": true }' > bellows.json
expect 0 bellows migrate deploy
says 'The database is signed.'
asked "$sign url=$url"
expect 0 bellows migrate deploy --json
says '"signed": true'
rm -f asked
expect 64 bellows migrate deploy --sign --url "$url"
says 'E0598]'
says '`--url` names one'
expect 0 bellows migrate deploy --url "$url"
[ ! -e asked ] || fail 'a database that --url names was signed'
echo '{ "sign": 1 }' > bellows.json
expect 1 bellows migrate deploy
says '`sign`'

case_begin 'its schema is left alone by every command'
project
marker() { [ "$(psql_ "$url" -c 'SELECT core_hash FROM prisma_contract.marker')" = 5dd3 ] || fail "$1: the marker is gone"; }
psql_ "$url" -c 'CREATE SCHEMA prisma_contract' -c 'CREATE TABLE prisma_contract.marker (space text PRIMARY KEY, core_hash text NOT NULL)' \
    -c "INSERT INTO prisma_contract.marker VALUES ('app', '5dd3')" > /dev/null
expect 0 bellows migrate dev --name one # what holds nothing else is empty
marker dev
for words in 'migrate status' check 'db push' 'migrate deploy' 'migrate diff --from-migrations prisma/migrations --to-config-datasource --exit-code'; do
    # shellcheck disable=SC2086 # words
    expect 0 bellows $words
    says_not prisma_contract
    marker "$words"
done
expect 0 bellows check # what nobody asked for is not left out "by the configuration"
says 'Schema, migrations and database agree.'
says_not 'Left out'
expect 0 bellows db pull --print
says_not prisma_contract
expect 0 bellows db push --force-reset
marker 'db push --force-reset'
expect 0 bellows migrate reset --force
marker 'migrate reset'
expect 0 bellows migrate status
psql_ "$url" -c 'DROP SCHEMA public CASCADE' -c 'CREATE SCHEMA public' > /dev/null
expect 0 bellows migrate deploy
marker "deploy where nothing else is"

case_begin 'a folder that version 8 writes into, too'
project schema.prisma
expect 0 bellows migrate dev --name one
mkdir -p migrations/app/refs migrations/app/20261129T2345_baseline migrations/snapshots/5dd3
echo '{}' | tee migrations/app/refs/db.json migrations/app/20261129T2345_baseline/migration.json migrations/snapshots/5dd3/contract.json > /dev/null
for words in 'migrate status' check 'migrate deploy'; do
    # shellcheck disable=SC2086 # words
    expect 0 bellows $words
    says_not P3015
done
sed -i 's/  likes Int /  age   Int?\n  likes Int /' schema.prisma
expect 0 bellows migrate dev --name two
for file in app/refs/db.json app/20261129T2345_baseline/migration.json snapshots/5dd3/contract.json; do
    [ -e "migrations/$file" ] || fail "migrations/$file is gone"
done
[ "$(find migrations -name migration.sql | wc -l)" = 2 ] || fail 'not two migrations'

case_begin 'a database that version 8 made from its own language is taken over'
psql_ "$url" > /dev/null << 'END'
CREATE SCHEMA prisma_contract;
CREATE TABLE prisma_contract.marker (space text PRIMARY KEY, core_hash text NOT NULL);
CREATE TABLE "User" (id serial PRIMARY KEY, email text NOT NULL CONSTRAINT "User_email_key" UNIQUE, role text DEFAULT 'USER' NOT NULL,
  tags text[] NOT NULL, "createdAt" timestamptz DEFAULT now() NOT NULL,
  CONSTRAINT "User_role_check_1954e8c0" CHECK (role = ANY (ARRAY['USER', 'ADMIN'])),
  CONSTRAINT "User_tags_elem_not_null_aecbe9e2" CHECK (array_position(tags, NULL) IS NULL));
CREATE TABLE "Post" (id serial PRIMARY KEY, email text NOT NULL CONSTRAINT "Post_email_fkey" REFERENCES "User"(email));
INSERT INTO "User" (email, tags) VALUES ('a@example.org', '{x,y}');
INSERT INTO "Post" (email) VALUES ('a@example.org');
END
printf 'datasource db {\n  provider = "postgresql"\n}\n' > prisma/schema.prisma
expect 0 bellows db pull --url "$url"
says 'User_role_check_1954e8c0'
mkdir -p prisma/migrations/20260101000000_init
if pg_dump --schema-only --no-owner --no-privileges --exclude-schema=prisma_contract "$url" > prisma/migrations/20260101000000_init/migration.sql 2> /dev/null; then
    expect 0 bellows migrate resolve --applied 20260101000000_init --url "$url"
    expect 0 bellows check --url "$url"
    says 'Schema, migrations and database agree.'
    expect 0 bellows migrate dev --create-only --name own --url "$url"
    psql_ "$url" -f "$sample/shape.sql" > "$(echo prisma/migrations/*_own/migration.sql)"
    expect 0 bellows migrate dev --url "$url"
    expect 0 bellows check --url "$url"
    out=$(psql_ "$url" -c "SELECT string_agg(conname, ',' ORDER BY conname) FROM pg_constraint WHERE contype IN ('u', 'f') AND conrelid > 16383" \
        -c "SELECT indisunique FROM pg_index WHERE indexrelid = '\"User_email_key\"'::regclass" \
        -c "SELECT attnotnull FROM pg_attribute WHERE attrelid = '\"User\"'::regclass AND attname = 'tags'" -c 'SELECT count(*) FROM "Post"')
    [ "$out" = $'Post_email_fkey\nt\nf\n1' ] || fail 'not the shape that the contract wants'
    out=$(psql_ "$url" -f "$sample/shape.sql")
    [ -z "$out" ] || fail 'something is left to do'
else
    skip 'the baseline' 'pg_dump does not fit the server'
fi

case_begin 'a plan says what its programs meet'
project
expect 0 bellows migrate dev --name one
sed -i 's|  name  String|  /// @renamedFrom(name)\n  fullName String|; s/@default(0)/@default(1)/' prisma/schema.prisma
expect 0 bellows plan
says 'verify-finds-view'
says 'default-reaches-old-program'
# Of a project on version 7 neither is true.
echo "export default { datasource: { url: process.env.VET_DB } }" > prisma.config.ts
VET_DB=$url expect 0 bellows plan
says_not 'verify-finds-view'
says_not 'default-reaches-old-program'

finish
