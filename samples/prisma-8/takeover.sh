#!/usr/bin/env bash
# A database whose history is version 8's own is taken over, and given back (docs/prisma-8.md).
#
#     samples/prisma-8/takeover.sh BELLOWS FOLDER prisma7|own     FOLDER/node_modules as demo.sh leaves it; an empty database in DATABASE_URL
#
# The last word: what version 8's contract was made of so far, a schema of version 7's language or one of its own.
set -euo pipefail
sample=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
bellows=$(realpath "${1:?usage: takeover.sh BELLOWS FOLDER prisma7|own}")
cd "${2:?usage: takeover.sh BELLOWS FOLDER prisma7|own}"
: "${DATABASE_URL:?an empty database}"
[ -x node_modules/.bin/prisma ] || { echo "takeover: no packages here: demo.sh installs them" >&2; exit 1; }
export PATH=$PWD/node_modules/node/bin:$PWD/node_modules/.bin:$PATH PRISMA_DISABLE_TELEMETRY=1 NO_COLOR=1

say() { printf '\n==> %s\n' "$*"; }
prisma_() { prisma "$@" --format human --quiet --no-interactive >log 2>&1 || { cat log; echo "takeover: \`prisma $*\` ended with $?" >&2; exit 1; }; }
# What version 8 reads its contract from.
contract() { sed "s|contract: .*|contract: $1,|" "$sample/prisma.config.ts" >prisma.config.ts; }
rows() { psql -XAtq "$DATABASE_URL" -c 'SELECT count(*), min("email") FROM "User"'; }

rm -rf prisma src old migrations prisma.config.ts bellows.json
cp -r "$sample"/{prisma,src} .
mkdir -p prisma/migrations/20260101000000_init
baseline=prisma/migrations/20260101000000_init/migration.sql

# A baseline is what the database is, from the database: version 8 has names, checks and constraints of its own.
baseline() {
    pg_dump --schema-only --no-owner --no-privileges --exclude-schema=prisma_contract "$DATABASE_URL" >"$baseline"
    "$bellows" migrate resolve --applied 20260101000000_init
}

from_prisma7() {
    contract "prisma7Schema('prisma/schema.prisma')"
    sed -i 's/  posts Post\[\]/  posts Post[]\n  tags  Tag[]/' prisma/schema.prisma
    printf '\nmodel Tag {\n  id    Int    @id @default(autoincrement())\n  label String @unique\n  users User[]\n}\n' >>prisma/schema.prisma
    say "version 8 makes the database, from a schema of version 7's language"
    prisma_ contract emit
    prisma_ db init -y
    psql -Xq "$DATABASE_URL" -c "INSERT INTO \"User\" (\"email\", \"name\") VALUES ('a@example.org', 'Ada')"
    say "taken over: a baseline from the database, then what differs by name"
    baseline
    "$bellows" migrate dev --name own
}

from_own() {
    rm prisma/schema.prisma
    cp "$sample/contract.prisma" prisma/contract.prisma
    sed "s/import { defineConfig as ormConfig, prisma7Schema }/import { defineConfig as ormConfig }/" "$sample/prisma.config.ts" |
        sed "s|contract: .*|contract: 'prisma/contract.prisma',|" >prisma.config.ts
    say "version 8 makes the database, from its own language"
    prisma_ contract emit
    prisma_ db init -y
    psql -Xq "$DATABASE_URL" -c "INSERT INTO \"User\" (\"email\", \"role\", \"tags\") VALUES ('a@example.org', 'ADMIN', '{x,y}')"
    say "taken over: the schema and a baseline from the database"
    printf 'datasource db {\n  provider = "postgresql"\n}\n' >prisma/schema.prisma
    "$bellows" db pull --schema prisma/schema.prisma
    sed -i 's/@db\.Timestamptz(6)/@db.Timestamptz/; s/@db\.Timestamp(6)/@db.Timestamp/' prisma/schema.prisma
    rm prisma/contract.prisma
    contract "prisma7Schema('prisma/schema.prisma')"
    baseline
    "$bellows" check
    say "the shape that the new contract wants"
    "$bellows" migrate dev --create-only --name own
    psql -XAtq "$DATABASE_URL" -f "$sample/shape.sql" | tee prisma/migrations/*_own/migration.sql
    "$bellows" migrate dev
}

case ${3:?usage: takeover.sh BELLOWS FOLDER prisma7|own} in
prisma7) from_prisma7 ;;
own) from_own ;;
*) echo "takeover: prisma7 or own" >&2 && exit 64 ;;
esac
before=$(rows)
"$bellows" check
"$bellows" generate
"$bellows" migrate deploy --sign
prisma_ db verify

say "a change of ours, signed"
sed -i '/^model User {/,/^}/s/^}/  nickname String?\n}/' prisma/schema.prisma
"$bellows" migrate dev --name nickname
"$bellows" generate
"$bellows" migrate deploy --sign
prisma_ db verify
[ "$(rows)" = "$before" ] || { echo "takeover: the rows are not what they were: $(rows), $before" >&2; exit 1; }

say "and given back: the contract in version 8's own language, which it migrates from here"
prisma_ contract print --output prisma/contract.prisma
sed "s/import { defineConfig as ormConfig, prisma7Schema }/import { defineConfig as ormConfig }/" "$sample/prisma.config.ts" |
    sed "s|contract: .*|contract: 'prisma/contract.prisma',|" >prisma.config.ts
prisma_ contract emit
prisma_ db verify
prisma_ db init -y
prisma_ db verify
"$bellows" check --schema prisma/schema.prisma
say "done"
