#!/bin/sh
# golden.sh - judges our binary by the recorded answers alone: no engine, no node, no database.
#
#   tests/conformance/golden.sh BELLOWS [FILTER]
#
# Each script must be the recorded expected.sql plus one newline (see run.mjs on that newline; after an empty diff the
# second newline may be missing). Prints the first lines of every difference and a closing line.
# Exit: 0 all passed, 1 a failure, 2 wrong usage.
set -u

[ $# -ge 1 ] || { echo "usage: golden.sh BELLOWS [FILTER]" >&2; exit 2; }
bellows=$1 filter=${2:-}
here=$(cd "$(dirname "$0")" && pwd)
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
passed=0 failed=0

# The schema NAME of the case in the current folder: a file, or a folder of files.
schema() { if [ -f "$1.prisma" ]; then echo "$1.prisma"; else echo "$1"; fi; }

# Leaves the binary's answer in $scratch/actual.
ask() {
    if [ -e from.prisma ] || [ -e from ]; then
        "$bellows" migrate diff --from-schema-datamodel "$(schema from)" --to-schema-datamodel "$(schema to)" --script
    else
        "$bellows" migrate diff --from-empty --to-schema-datamodel "$(schema schema)" --script
    fi >"$scratch/actual" 2>"$scratch/errors"
}

same() {
    cmp -s "$scratch/expected" "$scratch/actual" && return 0
    grep -qx -e '-- This is an empty migration\.' expected.sql && cmp -s expected.sql "$scratch/actual"
}

case $bellows in */*) bellows=$(cd "$(dirname "$bellows")" && pwd)/$(basename "$bellows") ;; esac
for case in "$here"/schemas/*/ "$here"/edits/*/; do
    label=${case#"$here"/} label=${label%/}
    case $label in *"$filter"*) ;; *) continue ;; esac
    cd "$case" || exit 1
    { cat expected.sql && echo; } >"$scratch/expected"
    if ask && same; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAILED $label"
        head -n 8 "$scratch/errors"
        diff -u --label recorded --label bellows "$scratch/expected" "$scratch/actual" | head -n 40
        echo
    fi
done
echo "$passed passed, $failed failed, 0 skipped"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
