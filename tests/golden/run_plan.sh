#!/usr/bin/env bash
# Golden plans: two schemas, and what the online strategy makes of them.
#
#     run_plan.sh [--accept] BELLOWS_PLAN
#
# plan/<case>/from.prisma, to.prisma, and (optional) options, one line of arguments; kept beside them:
# plan.txt (the reviewer's page), plan.json, scripts/ (migrations and their reverse). Every plan is made
# twice, which must give the same bytes; is replayed, online and direct; and planning from `to` to `to`
# must give nothing. --accept rewrites the expectations: review the difference like code.
set -u
accept=
[ "${1:-}" = --accept ] && { accept=1; shift; }
plan=$(realpath "${1:?usage: run_plan.sh [--accept] BELLOWS_PLAN}")
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0
count=0

fail() { echo "FAIL $case: $1"; failed=1; }

# render FOLDER: everything the case keeps
render() {
    mkdir -p "$1/scripts"
    "$plan" text "$dir/from.prisma" "$dir/to.prisma" "${options[@]}" >"$1/plan.txt" &&
        "$plan" json "$dir/from.prisma" "$dir/to.prisma" "${options[@]}" >"$1/plan.json" &&
        "$plan" scripts "$dir/from.prisma" "$dir/to.prisma" "$1/scripts" "${options[@]}"
}

prove() { "$plan" prove "$1" "$2" "${@:3}" || fail "not proved: ${*:3}"; }

for dir in "$here"/plan/*/; do
    dir=${dir%/}
    case=$(basename "$dir")
    count=$((count + 1))
    options=()
    [ -e "$dir/options" ] && read -ra options <"$dir/options"
    rm -rf "$work/one" "$work/two"
    render "$work/one" || { fail "no plan"; continue; }
    render "$work/two"
    diff -r "$work/one" "$work/two" || fail "two runs differ"
    prove "$dir/from.prisma" "$dir/to.prisma" "${options[@]}"
    prove "$dir/from.prisma" "$dir/to.prisma" "${options[@]}" --direct
    [ -z "$("$plan" diff "$dir/to.prisma" "$dir/to.prisma")" ] || fail "planning again is not empty"
    if [ -n "$accept" ]; then
        rm -rf "$dir/plan.txt" "$dir/plan.json" "$dir/scripts"
        cp -r "$work/one/." "$dir"
    else
        for part in plan.txt plan.json scripts; do
            diff -ru "$dir/$part" "$work/one/$part" || fail "$part"
        done
    fi
done
echo "$count plans"
exit $failed
