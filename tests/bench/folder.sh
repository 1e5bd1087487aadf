#!/usr/bin/env bash
# folder.sh BELLOWS TIMEIT MIGRATIONS SCHEMA - a real folder against its schema, each way of reading it in one run: in memory (kept
# nothing, then from what was kept), on a shadow database that is given, and what `psql` takes for the same scripts.
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
server -c "DROP DATABASE $database" -c "CREATE DATABASE $database" > /dev/null
find "$folder" -name migration.sql | LC_ALL=C sort > "$scratch/names"
sed 's/.*/\\i &/' "$scratch/names" > "$scratch/all.sql"
from=$EPOCHREALTIME
psql -qX "$url" -o /dev/null -f "$scratch/all.sql" 2> /dev/null
to=$EPOCHREALTIME
echo "psql, the same scripts, once: $(((${to/./} - ${from/./}) / 1000)) ms"
