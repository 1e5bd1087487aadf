#!/usr/bin/env bash
# flags.sh - every flag of the reference's command line is taken by ours: no script stops at one.
#
#     flags.sh BELLOWS              gives each command all flags of its line of flags.txt, and asks for the help
#     flags.sh --reference DIR      is each flag that the Prisma installed in DIR explains in flags.txt?
#
# What a flag does is not looked at here. Exit: 0, 1, 64.
set -u
here=$(cd "$(dirname "$0")" && pwd)
failed=0 lines=0 flags=0

# Each line as: version, command, flags.
lines_of() {
    awk '/^version /{version = $2; next} /^[a-z]/{command = $0; sub(/:.*/, "", command); given = $0; sub(/^[^:]*: /, "", given)
         print version "\t" command "\t" given}' "$here/flags.txt"
}

judge_ours() { # VERSION COMMAND FLAG...
    local version=$1 command=$2 words flag errors
    shift 2
    [ "$command" = prisma ] && command=
    read -ra words <<<"$command"
    for flag; do
        case $flag in
            --help | -h) ;;
            *=) words+=("${flag}postgresql") ;;
            *) words+=("$flag") ;;
        esac
        flags=$((flags + 1))
    done
    if ! errors=$("$bellows" "${words[@]}" --help 2>&1 >/dev/null </dev/null); then
        echo "FAIL $version: bellows ${words[*]} --help"
        echo "${errors%%$'\n'*}"
        failed=$((failed + 1))
    fi
}

judge_list() { # VERSION COMMAND FLAG...
    local version=$1 command=$2 words listed="$* " flag
    shift 2
    [ "$version" = "$installed" ] || return
    lines=$((lines + 1))
    read -ra words <<<"${command#prisma}"
    while read -r flag; do
        flags=$((flags + 1))
        case $listed in
            *" $flag "* | *" $flag= "*) ;;
            *) echo "FAIL $version: $command has $flag"; failed=$((failed + 1)) ;;
        esac
    done < <(CI=1 NO_COLOR=1 PRISMA_HIDE_UPDATE_MESSAGE=1 CHECKPOINT_DISABLE=1 PRISMA_SCHEMA_ENGINE_BINARY=/bin/true \
        PRISMA_QUERY_ENGINE_LIBRARY=/bin/true node "$prisma" "${words[@]}" --help 2>/dev/null </dev/null |
        awk '/^ *Examples/{exit} {print}' | grep -oE '(^ *|, )--?[a-z][a-z0-9-]*' | grep -oE -- '-.*[a-z0-9]$' | sort -u)
}

case ${1:-} in
    '') echo "usage: flags.sh BELLOWS | --reference DIR" >&2; exit 64 ;;
    --reference)
        prisma=$2/node_modules/prisma/build/index.js
        installed=$(node -p 'require(process.argv[1]).version' "$2/node_modules/prisma/package.json") || exit 1
        judge=judge_list ;;
    *)
        bellows=$(realpath "$1") judge=judge_ours
        empty=$(mktemp -d)
        trap 'rm -rf "$empty"' EXIT
        cd "$empty" || exit 1 ;;
esac
while IFS=$'\t' read -r version command given; do
    read -ra given <<<"$given"
    [ "$judge" = judge_ours ] && lines=$((lines + 1))
    "$judge" "$version" "$command" "${given[@]}"
done < <(lines_of)
if [ "$judge" = judge_ours ] && [ -n "$(ls -A "$empty")" ]; then
    echo "FAIL help was written into $(ls -A "$empty")"
    failed=$((failed + 1))
fi
echo "$lines commands, $flags flags, $failed failed"
[ "$lines" -gt 0 ] && [ "$failed" = 0 ]
