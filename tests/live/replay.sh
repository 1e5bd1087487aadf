#!/usr/bin/env bash
# Folders replayed in memory and on a server: what is claimed is equal, object by object.
#
#   replay.sh BELLOWS_REPLAY BELLOWS_PLAN [FOLDER... | --scripts]
#
# Without folders: every folder of migrations under samples and tests, each script of tests/live/replay as a folder of its own (not one
# that begins with `-- since N` where the server is older), and
# what pg_dump makes of each of these scripts' databases (not where pg_dump is older than the server); the scripts of each golden plan
# as a folder, and once more with those that undo them (not one that calls what the server has not got). --scripts: those of
# tests/live/replay alone. One database for all of them, cleared in between.
# Besides: the tables of functions against the server's catalog (replay_functions.sh).
# Wants BELLOWS_TEST_URL. Exit 0 when nothing claimed is wrong.
set -euo pipefail
program=$(realpath "$1") plan=$(realpath "$2"); shift 2
root=$(realpath "$(dirname "$0")/../..")
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

only=''
[ "${1:-}" != --scripts ] || { only=scripts && shift; }
if [ $# -gt 0 ]; then
  exec "$program" --url "$BELLOWS_TEST_URL" "$@"
fi
"$root/tests/live/replay_functions.sh"
folders=()
[ -n "$only" ] || mapfile -t folders < <(find "$root/samples" "$root/tests" -name migration.sql -path '*/migrations/*' -printf '%h\n' | xargs -rn1 dirname | sort -u)
server=$(psql -qXAt "$BELLOWS_TEST_URL" -c 'SHOW server_version_num')
for script in "$root"/tests/live/replay/*.sql; do
  since=$(sed -n '1s/^-- since //p' "$script")
  if [ $((server / 10000)) -lt "${since:-0}" ]; then
    echo "not replayed: $(basename "$script") wants PostgreSQL $since"
    continue
  fi
  folder=$scratch/$(basename "$script" .sql)
  mkdir -p "$folder/1_script"
  cp "$script" "$folder/1_script/migration.sql"
  folders+=("$folder")
done
dump() { # dump FOLDER: pg_dump's text of the database that the folder's script makes
  psql -qX -v ON_ERROR_STOP=1 "$BELLOWS_TEST_URL" -c 'DROP DATABASE IF EXISTS replay_dump' -c 'CREATE DATABASE replay_dump' 2>/dev/null
  psql -qX -v ON_ERROR_STOP=1 "$dump_url" -1 -f "$1/1_script/migration.sql" > "$scratch/applied" 2>&1 || { cat "$scratch/applied"; exit 1; }
  mkdir -p "$1.dump/1_dump"
  pg_dump -s "$dump_url" > "$1.dump/1_dump/migration.sql"
}
golden() { # golden CASE: the scripts of a plan behind one that makes where it begins; undone as far as each script has a reverse
  local from=$1/from.prisma folder undone=() count=0 script
  folder=$scratch/plan-$(basename "$1")
  put() { mkdir -p "$1/$2_script" && cp "$3" "$1/$2_script/migration.sql"; }
  "$plan" script - "$from" --direct > "$scratch/first.sql"
  if [ "$server" -lt 130000 ] && grep -q gen_random_uuid "$scratch/first.sql" "$1"/scripts/*.sql; then
    echo "not replayed: $(basename "$1") wants PostgreSQL 13"
    return
  fi
  put "$folder" 000 "$scratch/first.sql"
  put "$folder.undo" 000 "$scratch/first.sql"
  for script in "$1"/scripts/*.sql; do
    [[ $script == *.undo.sql ]] && continue
    count=$((count + 1))
    put "$folder" "$(printf %03d $count)" "$script"
    if [ $count -gt $((${#undone[@]} + 1)) ] || [ ! -e "${script%.sql}.undo.sql" ]; then continue; fi
    put "$folder.undo" "$(printf %03d $count)" "$script"
    undone=("${script%.sql}.undo.sql" "${undone[@]}")
  done
  for script in "${undone[@]}"; do
    count=$((count + 1))
    put "$folder.undo" "$(printf %03d $count)" "$script"
  done
  folders+=("$folder" "$folder.undo")
}
dump_url=${BELLOWS_TEST_URL/\/postgres\?//replay_dump?}
dumper=$(pg_dump --version | sed 's/.* \([0-9]*\)\..*/\1/')
if [ "$dumper" -lt $((server / 10000)) ]; then
  echo "pg_dump $dumper is older than the server: no dumps are replayed"
else
  for folder in "${folders[@]}"; do
    case $folder in "$scratch"/*) dump "$folder"; folders+=("$folder.dump") ;; esac
  done
  psql -qX "$BELLOWS_TEST_URL" -c 'DROP DATABASE replay_dump'
fi
if [ -z "$only" ]; then
  for case in "$root"/tests/golden/plan/*/; do golden "${case%/}"; done
fi
[ "${#folders[@]}" -gt 0 ] || { echo "no folder found"; exit 1; }
psql -qX -v ON_ERROR_STOP=1 "$BELLOWS_TEST_URL" -c 'CREATE DATABASE replay_shadow TEMPLATE template0'
"$program" --url "$BELLOWS_TEST_URL" --shadow "${BELLOWS_TEST_URL/\/postgres\?//replay_shadow?}" "${folders[@]}" > "$scratch/out" || { cat "$scratch/out"; exit 1; }
cat "$scratch/out"
# What the other folders hold that is not understood is told; the scripts of this test and our own are all understood.
if grep -F -e "not understood $scratch/" -e "not understood $root/samples/" "$scratch/out"; then exit 1; fi
