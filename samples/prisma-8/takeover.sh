#!/usr/bin/env bash
# A database whose history is version 8's own is taken over, and given back (docs/prisma-8.md).
#
#     samples/prisma-8/takeover.sh BELLOWS FOLDER        FOLDER/node_modules as demo.sh leaves it; an empty database in DATABASE_URL
set -euo pipefail
sample=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
bellows=$(realpath "${1:?usage: takeover.sh BELLOWS FOLDER}")
cd "${2:?usage: takeover.sh BELLOWS FOLDER}"
: "${DATABASE_URL:?an empty database}"
[ -x node_modules/.bin/prisma ] || { echo "takeover: no packages here: demo.sh installs them" >&2; exit 1; }
export PATH=$PWD/node_modules/node/bin:$PWD/node_modules/.bin:$PATH PRISMA_DISABLE_TELEMETRY=1 NO_COLOR=1

say() { printf '\n==> %s\n' "$*"; }
prisma_() { prisma "$@" --format human --quiet --no-interactive >log 2>&1 || { cat log; echo "takeover: \`prisma $*\` ended with $?" >&2; exit 1; }; }

rm -rf prisma src old migrations prisma.config.ts
cp -r "$sample"/{prisma.config.ts,prisma,src} .
sed -i 's/  posts Post\[\]/  posts Post[]\n  tags  Tag[]/' prisma/schema.prisma
printf '\nmodel Tag {\n  id    Int    @id @default(autoincrement())\n  label String @unique\n  users User[]\n}\n' >>prisma/schema.prisma

say "version 8 makes the database"
prisma_ contract emit
prisma_ db init -y
prisma_ db verify

say "taken over: a baseline from the database, then what differs by name"
mkdir -p prisma/migrations/20260101000000_init
"$bellows" migrate diff --from-empty --to-url "$DATABASE_URL" --script >prisma/migrations/20260101000000_init/migration.sql
"$bellows" migrate resolve --applied 20260101000000_init
"$bellows" migrate dev --name own
"$bellows" check
prisma_ db verify

say "a change of ours, signed"
sed -i 's/  title    String/  title    String\n  body     String?/' prisma/schema.prisma
"$bellows" migrate dev --name body
"$bellows" generate
"$bellows" migrate deploy --sign
prisma_ db verify

say "and given back: version 8 plans and migrates from here"
prisma_ db init -y
prisma_ db verify
"$bellows" check
say "done"
