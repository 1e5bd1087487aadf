#!/usr/bin/env bash
# Folders replayed in memory and on a server: what is claimed is equal, object by object.
#
#   replay.sh BELLOWS_REPLAY [FOLDER...]
#
# Without folders: every folder of migrations under samples and tests, and each script of tests/live/replay as a folder of its own.
# Wants BELLOWS_TEST_URL. Exit 0 when nothing claimed is wrong.
set -euo pipefail
program=$(realpath "$1"); shift
root=$(realpath "$(dirname "$0")/../..")
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

if [ $# -gt 0 ]; then
  exec "$program" --url "$BELLOWS_TEST_URL" "$@"
fi
mapfile -t folders < <(find "$root/samples" "$root/tests" -name migration.sql -path '*/migrations/*' -printf '%h\n' | xargs -rn1 dirname | sort -u)
for script in "$root"/tests/live/replay/*.sql; do
  folder=$scratch/$(basename "$script" .sql)
  mkdir -p "$folder/1_script"
  cp "$script" "$folder/1_script/migration.sql"
  folders+=("$folder")
done
[ "${#folders[@]}" -gt 0 ] || { echo "no folder found"; exit 1; }
"$program" --url "$BELLOWS_TEST_URL" "${folders[@]}" > "$scratch/out" || { cat "$scratch/out"; exit 1; }
cat "$scratch/out"
# What the other folders hold that is not understood is told; the scripts of this test are all understood.
if grep -F "not understood $scratch/" "$scratch/out"; then exit 1; fi
