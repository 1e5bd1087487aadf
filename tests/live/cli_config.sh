#!/usr/bin/env bash
# The project's configuration file (prisma.config.*): what it names is used, what cannot be told from it stops
# the command that needs it and is never replaced by another source.
# shellcheck source=tests/harness/cli.bash
source "$(dirname "$0")/../harness/cli.bash"
packages=$(realpath "$(dirname "$0")/../conformance/generators")/node_modules

other=postgresql://nobody@127.0.0.1:9/elsewhere
model() { # PATH
    mkdir -p "$(dirname "$1")"
    printf 'datasource db {\n  provider = "postgresql"\n}\n\nmodel A {\n  id Int @id\n}\n' > "$1"
}
table() { # FOLDER
    mkdir -p "$1/20260101000000_a"
    echo 'CREATE TABLE "A" ("id" INTEGER NOT NULL, CONSTRAINT "A_pkey" PRIMARY KEY ("id"));' > "$1/20260101000000_a/migration.sql"
}
has_a() { [ "$(psql_ "$url" -c "SELECT to_regclass('\"A\"')")" = '"A"' ] || fail 'the table is not there'; }

case_begin 'places and database of a configuration'
model db/models/a.prisma
table db/changes
printf 'DIRECT_URL=%s\nDATABASE_URL=%s\n' "$url" "$other" > .env
cat > prisma.config.ts <<'S'
import "dotenv/config"
import { defineConfig } from "prisma/config"
export default defineConfig({
  schema: "./db/models",
  migrations: { path: "db/changes", seed: "sh -c 'echo seeded with $DIRECT_URL > seeded'" },
  datasource: { url: process.env.DIRECT_URL ?? process.env.DATABASE_URL },
})
S
expect 0 bellows migrate deploy
has_a
says 'db/changes'
expect 0 bellows migrate status
expect 0 bellows check
expect 0 bellows db seed
grep -q "seeded with $url" seeded || fail 'the seed command did not get what dotenv set'
expect 0 bellows migrate diff --from-config-datasource --to-schema db/models --exit-code

case_begin 'a value that cannot be told is asked for, not guessed'
model prisma/schema.prisma
table prisma/migrations
cat > prisma.config.mts <<'S'
import { connection } from './src/connection'
export default { datasource: { url: connection() } }
S
export DATABASE_URL=$url
expect 1 bellows migrate deploy
says 'cannot tell `datasource.url` of the configuration: connection() is a function of `./src/connection`'
says 'prisma.config.mts:2'
says '--url URL'
expect 1 bellows db push
expect 1 bellows migrate dev --name x
expect 0 bellows validate
[ -z "$(psql_ "$url" -c "SELECT to_regclass('\"A\"')")" ] || fail 'the database of DATABASE_URL was taken'
unset DATABASE_URL
expect 0 bellows migrate deploy --url "$url"
has_a

if [ -d "$packages/@prisma/config" ] && command -v node > /dev/null; then
    case_begin 'Node reads what cannot be told, when it may'
    model prisma/schema.prisma
    echo '{ "name": "x", "private": true }' > package.json
    ln -s "$packages" node_modules
    mkdir src
    echo 'export function connection() { process.env.OTHER = "set"; console.log("noise"); return process.env.VET_DB }' > src/connection.ts
    cat > prisma.config.ts << 'S'
import { connection } from './src/connection'
import { defineConfig } from '@prisma/config'
export default defineConfig({ schema: 'prisma/schema.prisma', migrations: { seed: 'echo $OTHER > seeded' }, datasource: { url: connection() } })
S
    export VET_DB=$url
    expect 1 bellows db push
    expect 0 bellows db push --config-node
    has_a
    echo 'setInterval(() => {}, 1000)' >> src/connection.ts # as what keeps connections open: nobody waits for it
    expect 0 timeout 60 "$bellows" db seed --config-node
    [ "$(cat seeded)" = set ] || fail 'what the program set did not reach the seed command'
    echo 'export default { datasource: { url: boom() } }' > prisma.config.ts
    expect 1 bellows db push --config-node
    says 'boom is not defined'
    unset VET_DB
else
    skip 'Node reads what cannot be told' 'no node, or no packages in tests/conformance/generators'
fi

case_begin 'byte order marks in every file of a project but the schema, where the reference refuses one; CR LF in all'
mkdir -p prisma
mark=$'\xef\xbb\xbf'
printf 'datasource db {\r\n  provider = "postgresql"\r\n}\r\nmodel A {\r\n  id Int @id\r\n}\r\n' > prisma/schema.prisma
printf '%s{ "name": "x", "prisma": { "schema": "prisma/schema.prisma", "seed": "echo > seeded" } }\r\n' "$mark" > package.json
printf '%s{}\r\n' "$mark" > bellows.json
printf '%sVET_DB="%s"\r\n' "$mark" "$url" > .env
printf '%simport "dotenv/config"\r\nexport default { datasource: { url: process.env.VET_DB } }\r\n' "$mark" > prisma.config.ts
printf '%sSELECT 1;\r\n' "$mark" > x.sql
for words in validate 'migrate dev --name a' check 'db execute --file x.sql' 'migrate squash --help' 'migrate status' 'db push'; do
    # shellcheck disable=SC2086 # words
    expect 0 bellows $words
done
rm prisma.config.ts
expect 0 bellows db seed --url "$url"
[ -f seeded ] || fail 'the seed command did not run'
has_a

case_begin 'a variable that is not set is no reason to go elsewhere'
model prisma/schema.prisma
echo "export default { datasource: { url: process.env.VET_DB } }" > prisma.config.js
export DATABASE_URL=$url
expect 1 bellows db push
says '`datasource.url` of the configuration is not set'
VET_DB='' expect 1 bellows db push
says '`datasource.url` of the configuration is empty'
printf 'VET_DB=%s\n' "$url" > .env
expect 1 bellows db push
unset DATABASE_URL
VET_DB=$url expect 0 bellows db push
has_a
printf 'import { env } from "prisma/config"\nexport default { datasource: { url: env("VET_DB") } }' > prisma.config.js
expect 1 bellows db push
says 'Cannot resolve environment variable: VET_DB.'
says 'prisma.config.js:2'
expect 0 bellows validate
expect 1 bellows migrate status

case_begin 'what is no object has nothing in it'
model prisma/schema.prisma
export DATABASE_URL=$url
for text in "{ datasource: '$other' }" '{ datasource: null }' "{ datasource: ['$other'] }" '{ datasource: 5 }'; do
    echo "export default $text" > prisma.config.js
    expect 1 bellows db push
    says '`datasource` is no object'
    expect 0 bellows validate
done
for text in "'$other'" null '[]' 5; do
    echo "export default $text" > prisma.config.js
    expect 1 bellows validate
    says 'what it exports is no object'
    expect 1 bellows db seed
done
unset DATABASE_URL

case_begin 'the file that is named; keys nobody knows'
model prisma/schema.prisma
echo "export default { datasource: { url: '$url' }, provider: 'x', migrations: { pth: 'y' } }" > other.config.js
echo "export default { datasource: { url: '$other' } }" > prisma.config.js
expect 0 bellows db push --config other.config.js
says '`provider` is no key'
says 'did you mean `migrations.path`?'
has_a
expect 1 bellows validate --config missing.ts
says '`missing.ts` cannot be read'

case_begin 'however much a configuration asks for, little is taken'
model prisma/schema.prisma
follows() { # CODE: within bounds that a developer's build needs twice over
    expect "$1" bash -c 'ulimit -t 20; exec "$@"' - "$bellows" validate
    peak=$(ulimit -t 20; command time -f %M "$bellows" validate 2>&1 > /dev/null | tail -n 1)
    [ "$peak" -lt 1000000 ] || fail "$peak KiB"
}
large() { printf 'export default ['; head -c 6000000 /dev/zero | sed 's/\x0\x0/1,/g'; printf '];\n'; }
large > prisma.config.ts
follows 1
says '`prisma.config.ts` cannot be read: it is larger than 128 KiB; move what is no setting into a module that it imports'
{ # twice as much each time
    echo 'const a0 = [1], s0 = "s"'
    for i in {1..40}; do echo "const a$i = [...a$((i - 1)), ...a$((i - 1))], s$i = s$((i - 1)) + s$((i - 1));"; done
    echo 'export default { schema: a40 }'
} > prisma.config.ts
follows 1
says 'E0581'
{ # a text of a mebibyte, again and again
    echo 'const s0 = "s"'
    for i in {1..19}; do echo "const s$i = s$((i - 1)) + s$((i - 1));"; done
    for i in {20..2000}; do echo "const s$i = s19 + $i;"; done
    echo 'export default { schema: s2000 }'
} > prisma.config.ts
follows 1
says 'E0581'
{ # each of a list for each of a list
    printf 'const a = ['
    printf '%s,' {1..1000}
    echo ']; export default { schema: a.map(b => a.map(c => a.map(d => [b, c, d]))) }'
} > prisma.config.ts
follows 1
says 'E058'
{
    printf 'const a = {'
    printf 'k%s:1,' {1..5000}
    echo '};'
    for i in {1..3000}; do echo "const b$i = {...a};"; done
    echo 'export default { schema: "prisma/schema.prisma" }'
} > prisma.config.ts
follows 1

case_begin 'a migrations folder that is elsewhere'
model prisma/schema.prisma
echo "export default { migrations: { path: 'db/changes' }, datasource: { url: '$url' } }" > prisma.config.js
table prisma/migrations
expect 1 bellows migrate deploy
says 'the migrations folder `db/changes` is not there'
expect 1 bellows migrate status
expect 0 bellows migrate deploy --migrations prisma/migrations
has_a

case_begin 'a folder without migrations is not up to date'
model prisma/schema.prisma
expect 1 bellows migrate status --url "$url"
says 'nothing tells whether the database is up to date'
says $'not managed by Prisma Migrate.\n'
says_not 'Database schema is up to date'
mkdir -p prisma/migrations
expect 0 bellows migrate status --url "$url" # there, and nothing in it yet
says 'nothing tells whether the database is up to date'
says_not 'Database schema is up to date'
table prisma/migrations
expect 0 bellows migrate deploy --url "$url"
expect 0 bellows migrate status --url "$url"
says 'Database schema is up to date'
mv prisma/migrations elsewhere && mkdir prisma/migrations
expect 1 bellows migrate status --url "$url" # what the history names is in no folder
says 'not in the folder: 20260101000000_a'
says_not 'Database schema is up to date'
expect 0 bellows migrate deploy --url "$url"
says 'No migration found in prisma/migrations'
says 'name the folder with `--migrations DIR`'

case_begin 'version 6: the schema names its database, the configuration the folder'
printf 'datasource db {\n  provider = "postgresql"\n  url = env("VET_DB")\n}\n\nmodel A {\n  id Int @id\n}\n' > prisma/schema.prisma
table db/changes
echo "import { defineConfig } from 'prisma/config'
export default defineConfig({ migrations: { path: 'db/changes' }, datasource: { url: '$other' } })" > prisma.config.ts
VET_DB=$url expect 0 bellows migrate deploy
says '`datasource.url` of the configuration is not used'
has_a
sed -i "s#datasource: #engine: 'classic', datasource: #; s#$other#$url#" prisma.config.ts
VET_DB=$other expect 0 bellows migrate status

case_begin 'package.json names the schema, from here upwards; .env reaches the seed command'
model db/schema.prisma
model prisma/schema.prisma
printf '{"prisma": {"schema": "db/schema.prisma", "seed": "echo $VET_DB > seeded"}, "devDependencies": {"prisma": "7.10.0"}}\n' > package.json
printf 'VET_DB=pa$$word\n' > .env
expect 0 bellows validate
says 'The schema at db/schema.prisma is valid'
says 'a client of version 7 is made of `prisma/schema.prisma`'
expect 0 bellows db seed --url "$url"
[ "$(cat seeded)" = 'pa$$word' ] || fail "the seed command got $(cat seeded)"
mkdir -p packages/web
cd packages/web || exit 1
expect 0 bellows validate
says 'The schema at ../../db/schema.prisma is valid'
cd ../.. || exit 1

echo "export default { migrations: { seed: '' } }" > prisma.config.ts
rm package.json
expect 0 bellows db seed
says 'No seed command configured'
says 'migrations: { seed:'

case_begin 'version 8: the contract is a schema of version 7'
model prisma/schema.prisma
cat > prisma.config.ts <<'S'
import { definePrismaConfig } from '@prisma/config'
import { ormConfig, prisma7Schema } from '@prisma/orm-postgres/config'
export default definePrismaConfig({
  orm: ormConfig({ contract: prisma7Schema('prisma/schema.prisma'), output: 'src', db: { connection: process.env['VET_DB']! } }),
})
S
VET_DB=$url expect 0 bellows migrate dev --name one
has_a
sed -i "s/prisma7Schema('prisma.schema.prisma')/'contract.prisma'/" prisma.config.ts
expect 1 bellows validate
says 'the contract is not a Prisma 6 or 7 schema'

finish
