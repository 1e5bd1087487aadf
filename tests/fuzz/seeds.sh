#!/usr/bin/env bash
# Inputs to begin with: seeds.sh OUT makes OUT/<driver>/ from the conformance cases, from the lists
# corpus/<driver>.txt (one input a line) and from the saved inputs corpus/<driver>/.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cases=$here/../conformance
out=$1
rm -rf "$out"
mkdir -p "$out"/{parse,format,diff,script,replay,directives,url,canon,dotenv,files,history,replies,answers,config,own,store}
printf '\n=====\n' >"$out/line"

# The text of schema file $1/$2.prisma, or of all files of the folder $1/$2.
schema() {
    if [ -e "$1/$2.prisma" ]; then
        cat "$1/$2.prisma"
    else
        find "$1/$2" -name '*.prisma' -print0 | sort -z | xargs -0 cat
    fi
}

for folder in "$cases"/{schemas,edits,divergent}/*/; do
    folder=${folder%/}
    name=${folder##*/}
    if [ -e "$folder/from.prisma" ] || [ -e "$folder/from" ]; then
        schema "$folder" from >"$out/from"
        schema "$folder" to >"$out/to"
        cat "$out/from" "$out/line" "$out/to" >"$out/diff/$name"
        cat "$out/to" "$out/line" "$out/from" >"$out/diff/$name-back"
    else
        schema "$folder" schema >"$out/parse/$name"
        cat "$out/line" "$out/parse/$name" >"$out/diff/$name"
        cat "$out/parse/$name" "$out/line" "$out/parse/$name" >"$out/diff/$name-same"
    fi
    [ ! -e "$folder/expected.sql" ] || cp "$folder/expected.sql" "$out/script/$name"
done
cp "$out"/parse/* "$here"/../golden/format/*.prisma "$out/format"
cp "$out"/script/* "$here"/../live/replay/*.sql "$out/replay"
cp "$out"/script/* "$out/store" # any bytes say which bytes change
rm -f "$out"/{line,from,to}

for wrong in "$here"/../golden/diagnostics/*.prisma; do
    cp "$wrong" "$out/parse/wrong-$(basename "$wrong" .prisma)"
done

for list in "$here"/corpus/*.txt; do
    driver=${list##*/}
    awk -v folder="$out/${driver%.txt}" '{ printf "%s", $0 > (folder "/line" NR); close(folder "/line" NR) }' "$list"
done

# The modules of the grammar's cases: a title between two lines of `=`, a module, `---`, its tree.
awk -v folder="$out/config" '/^====/ { bars++; if (bars % 2 == 0) { file = folder "/case" bars / 2; reading = 1 } else reading = 0; next }
    /^---$/ { if (reading) close(file); reading = 0 } reading { print > file }' "$here/../corpus/config.txt"

for saved in "$here"/corpus/*/*; do
    [ ! -f "$saved" ] || cp "$saved" "$out/$(basename "$(dirname "$saved")")/saved-${saved##*/}"
done
