#!/usr/bin/env bash
# Writes prisma/migrations anew from the history, with bellows alone: what a team would have typed.
#
#     samples/carecircle/history/build.sh PATH/TO/bellows
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
bellows=$(realpath "${1:?usage: build.sh PATH/TO/bellows}")
work=$(mktemp -d "${TMPDIR:-/tmp}/carecircle.XXXXXX")
unset DATABASE_URL
cleanup() {
    cd "$work" && "$bellows" server stop > /dev/null 2>&1
    rm -rf "$work"
}
trap cleanup EXIT

cd "$work"
mkdir prisma
cp "$here/00_initial.prisma" prisma/schema.prisma
"$bellows" migrate dev --name initial

for file in "$here"/0[1-9]_*; do
    name=$(basename "${file%.*}" | sed 's/^[0-9]*_//')
    case $file in
    *.patch)
        git apply "$file"
        "$bellows" migrate dev --name "$name" --accept-data-loss
        ;;
    *.sql) # a data migration: an empty one, filled by hand
        "$bellows" migrate dev --name "$name" --create-only
        cp "$file" prisma/migrations/*_"$name"/migration.sql
        "$bellows" migrate dev
        ;;
    esac
done

cmp prisma/schema.prisma "$here/../prisma/schema.prisma"
rm -rf "$here/../prisma/migrations"
cp -r prisma/migrations "$here/../prisma/migrations"
