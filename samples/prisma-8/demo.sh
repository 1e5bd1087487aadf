#!/usr/bin/env bash
# A column is renamed while a program of the old contract and one of the new one run, both on version 8 of Prisma's client.
#
#     samples/prisma-8/demo.sh BELLOWS [FOLDER]        installs the packages (1.3 GB) into FOLDER/node_modules unless they are there
#
# It works in a copy of the sample, FOLDER or a temporary one, on the database of DATABASE_URL or on a private PostgreSQL.
set -euo pipefail
sample=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
bellows=$(realpath "${1:?usage: demo.sh BELLOWS [FOLDER]}")
if [ -n "${2:-}" ]; then
    mkdir -p "$2"
    folder=$(cd "$2" && pwd)
else
    folder=$(mktemp -d)
    trap 'rm -rf "$folder"' EXIT
fi
export PRISMA_DISABLE_TELEMETRY=1 NO_COLOR=1

say() { printf '\n==> %s\n' "$*"; }
wanted() { # CODE COMMAND...
    local code=0
    "${@:2}" || code=$?
    [ "$code" = "$1" ] || { echo "demo: \`${*:2}\` ended with $code, not $1" >&2; exit 1; }
}
has() { case $2 in *"$1"*) ;; *) echo "demo: no \"$1\" in: $2" >&2; exit 1 ;; esac }

rm -rf "$folder"/{prisma,src,old,prisma.config.ts,migrations}
cp -r "$sample"/{package.json,prisma.config.ts,prisma,src} "$folder"
cd "$folder"
[ -x node_modules/.bin/prisma ] || npm install --no-package-lock --no-audit --no-fund --loglevel=error
export PATH=$folder/node_modules/node/bin:$folder/node_modules/.bin:$PATH
if [ -z "${DATABASE_URL:-}" ]; then
    "$bellows" server start >/dev/null
    DATABASE_URL=$("$bellows" server url)
    export DATABASE_URL
    trap '"$bellows" server stop --remove >/dev/null' EXIT
fi

say "the first migration; the contract; a signed database"
"$bellows" migrate dev --name init
"$bellows" generate
has "is signed" "$("$bellows" migrate deploy --sign)"
wanted 0 prisma db verify --quiet --format human
node src/app.ts name ada

say "a rename: name becomes fullName; likes begin at 1"
cp -r src old
sed -i 's|  name  String|  /// @renamedFrom(name)\n  fullName String|; s/@default(0)/@default(1)/' prisma/schema.prisma
plan=$("$bellows" plan)
has "verify-finds-view" "$plan"
has "default-reaches-old-program" "$plan"
"$bellows" migrate dev --name full_name --create-only
"$bellows" generate
said=$("$bellows" migrate deploy --sign)
printf '%s\n' "$said"
has "not signed yet" "$said"

say "up to the gate both programs run"
node old/app.ts name bob
node src/app.ts fullName carol
wanted 4 prisma db verify --schema-only --quiet --format human >/dev/null 2>&1

say "the old program is gone"
has "is signed" "$("$bellows" migrate deploy --contract --sign)"
node src/app.ts fullName dave
wanted 0 prisma db verify --quiet --format human
"$bellows" check
say "done"
