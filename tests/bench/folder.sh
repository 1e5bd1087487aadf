#!/usr/bin/env bash
# folder.sh BELLOWS TIMEIT MIGRATIONS SCHEMA - a real folder against its schema, each way of reading it in one run: in memory (kept
# nothing, then from what was kept), on a shadow database that is given, and by the reference engine, loaded; what `psql` takes for the
# same scripts, and `migrate dev` that applies them, then has nothing to do.
#
# Wants BELLOWS_TEST_URL. Medians of one run may be compared with each other, with nothing else. A folder of 400 scripts and more shows most.
set -euo pipefail
bellows=$(realpath "${1:?usage: folder.sh BELLOWS TIMEIT MIGRATIONS SCHEMA}") timeit=$(realpath "$2") folder=$(realpath "$3") schema=$(realpath "$4")
scratch=$(mktemp -d)
server() { psql -qXAt -v ON_ERROR_STOP=1 "$BELLOWS_TEST_URL" "$@"; }
database="bench_folder_$$"
url=$(sed -E "s#/[^/?]*(\?|\$)#/$database\1#" <<< "$BELLOWS_TEST_URL")
trap 'rm -rf "$scratch"; server -c "DROP DATABASE IF EXISTS $database" > /dev/null 2>&1' EXIT
export XDG_CACHE_HOME=$scratch/cache

echo "scripts: $(find "$folder" -name migration.sql | wc -l)"
echo 'in memory, nothing kept:'
BELLOWS_CACHE=off "$timeit" 9 "$bellows" migrate diff --from-migrations "$folder" --to-schema "$schema" 2> /dev/null
echo 'in memory, kept from the run before:'
"$bellows" migrate diff --from-migrations "$folder" --to-schema "$schema" > /dev/null
"$timeit" 9 "$bellows" migrate diff --from-migrations "$folder" --to-schema "$schema" 2> /dev/null
server -c "CREATE DATABASE $database" > /dev/null
echo 'on a given shadow database:'
BELLOWS_CACHE=off "$timeit" 3 "$bellows" migrate diff --replay=shadow --shadow-database-url "$url" --from-migrations "$folder" --to-schema "$schema" 2> /dev/null
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
engine=$here/../conformance/engine
again() { server -c "DROP DATABASE $database" -c "CREATE DATABASE $database" > /dev/null; }
if command -v node > /dev/null && [ -d "$engine/node_modules" ]; then
    again
    echo "the reference engine, loaded: $(DATABASE_URL=$url node "$here/engine_time.mjs" "$engine" diff "$folder" "$schema" || echo failed) ms"
else
    echo 'the reference engine is not installed: npm install in tests/conformance/engine'
fi
again
find "$folder" -name migration.sql | LC_ALL=C sort > "$scratch/names"
sed "s/'/\\\\'/g; s/.*/\\\\i '&'/" "$scratch/names" > "$scratch/all.sql" # a name may hold blanks
from=$EPOCHREALTIME
psql -qX "$url" -o /dev/null -f "$scratch/all.sql" 2> /dev/null
to=$EPOCHREALTIME
echo "psql, the same scripts, once: $(((${to/./} - ${from/./}) / 1000)) ms"

cp -r "$folder" "$scratch/migrations"
cp -r "$schema" "$scratch/schema.prisma"
dev() { "$bellows" migrate dev --schema "$scratch/schema.prisma" --url "$url" --name bench --skip-generate --skip-seed > "$scratch/dev" 2>&1; }
again
from=$EPOCHREALTIME
dev || { cat "$scratch/dev"; exit 1; }
to=$EPOCHREALTIME
echo "migrate dev, all of them to apply, once: $(((${to/./} - ${from/./}) / 1000)) ms"
echo 'migrate dev, nothing to do:'
"$timeit" 9 "$bellows" migrate dev --schema "$scratch/schema.prisma" --url "$url" --skip-generate --skip-seed 2> /dev/null
