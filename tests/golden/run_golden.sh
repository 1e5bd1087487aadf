#!/usr/bin/env bash
# Golden tests: what the compiler says about a schema, compared with the text kept beside it.
#
#     run_golden.sh [--accept] DUMP
#
# lower/<case>/*.prisma       the catalog, in catalog.txt
# dmmf/<case>/*.prisma        what generators receive, in dmmf.json
# diagnostics/<case>.prisma   the diagnostics, in <case>.txt. Lines that end in `// error E0207` or
#                             `// warning W0201` are the ones a diagnostic of that code must point at, and
#                             every diagnostic needs such a line.
# DUMP is the program bellows_dump. --accept rewrites the expectations: review the difference like code.
set -u
accept=
[ "${1:-}" = --accept ] && { accept=1; shift; }
dump=$(realpath "${1:?usage: run_golden.sh [--accept] DUMP}")
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0
count=0

fail() { echo "FAIL $1"; failed=1; }

# compare CASE EXPECTED: what is in $work/out against the file
compare() {
    if [ -n "$accept" ]; then
        cmp -s "$work/out" "$2" || { cp "$work/out" "$2"; echo "accepted $1"; }
    elif ! diff -u "$2" "$work/out"; then
        fail "$1"
    fi
}

# "line code" of every diagnostic in rendered text, and of every mark in a schema
places() { awk '/^(error|warning)\[/ { split($0, part, /[][ ]/); code = part[2] }
                /^ *--> / && code != "" { split($2, at, ":"); print at[2], code; code = "" }' "$1" | sort -u; }
marks() { awk 'match($0, /\/\/ (error|warning) /) {
                   n = split(substr($0, RSTART), word, " ")
                   for (i = 3; i <= n; i++) print NR, word[i] }' "$1" | sort -u; }

for dir in "$here"/lower/*/; do
    case=lower/$(basename "$dir")
    count=$((count + 1))
    (cd "$dir" && timeout 60 "$dump" catalog *.prisma) >"$work/out" 2>"$work/err" || { cat "$work/err"; fail "$case"; continue; }
    compare "$case" "$dir/catalog.txt"
done

for dir in "$here"/dmmf/*/; do
    case=dmmf/$(basename "$dir")
    count=$((count + 1))
    (cd "$dir" && timeout 60 "$dump" dmmf *.prisma) >"$work/out" 2>"$work/err" || { cat "$work/err"; fail "$case"; continue; }
    compare "$case" "$dir/dmmf.json"
done

for schema in "$here"/diagnostics/*.prisma; do
    case=diagnostics/$(basename "$schema" .prisma)
    count=$((count + 1))
    (cd "$here/diagnostics" && timeout 60 "$dump" diagnostics "$(basename "$schema")") >"$work/out" 2>"$work/err"
    status=$?
    expected=0
    grep -q '^error\[' "$work/out" && expected=1
    [ $status -eq $expected ] || { cat "$work/err"; fail "$case: exit code $status"; continue; }
    compare "$case" "${schema%.prisma}.txt"
    places "$work/out" >"$work/places"
    marks "$schema" >"$work/marks"
    diff "$work/marks" "$work/places" >"$work/diff" || { cat "$work/diff"; fail "$case: marks (<) and diagnostics (>) differ"; }
done

echo "$count cases"
exit $failed
