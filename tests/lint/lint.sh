# shellcheck shell=bash
# lint.sh - what the lint scripts share; sourced, not run.
#
# Each script checks the tree given as its first argument (default: this one), prints `FILE:LINE: rule: what`
# for each finding, and exits 1 if there was any. tests/lint/selftest proves that each of them can fail.
set -euo pipefail
export LC_ALL=C

lint_folder=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "${1:-$lint_folder/../..}"

layers=(base grammar compiler introspect runtime cli)
found=0

report() {
    printf '%s\n' "$1"
    found=1
}

# The files of the given folders whose names end in one of the suffixes: files "FOLDER..." SUFFIX...
files() {
    local folder suffix
    for folder in $1; do
        [ -d "$folder" ] || continue
        for suffix in "${@:2}"; do
            find "$folder" -name node_modules -prune -o -type f -name "*.$suffix" -print
        done
    done | sort
}

# Comments and strings taken away: code FILE... ; code_with_strings FILE...
code() { awk -f "$lint_folder/code.awk" "$@"; }
code_with_strings() { awk -v strings=1 -f "$lint_folder/code.awk" "$@"; }

finish() {
    [ "$found" = 0 ] && echo "$1"
    exit "$found"
}
