#!/usr/bin/env bash
# The benchmark: validate, diff, introspect and compare, for 10 to 10,000 models, beside pg_dump -s and
# the reference engine in the same run.
#
#     tests/bench/bench.sh BELLOWS TIMEIT [SIZE...]
#
# Needs a superuser's URL in BELLOWS_TEST_URL (tests/harness/private_server starts one). The reference
# engine is timed when tests/conformance/engine has been installed; its start-up is timed apart, so that
# "engine" is the engine alone, already loaded. Figures are medians of whole processes in milliseconds,
# a ratio compares only figures of this run. Results go to standard output and, as JSON lines, to
# build/bench/results.jsonl.
set -euo pipefail

bellows=${1:?usage: bench.sh BELLOWS TIMEIT [SIZE...]}
timeit=${2:?usage: bench.sh BELLOWS TIMEIT [SIZE...]}
shift 2
sizes=("$@")
[ ${#sizes[@]} -gt 0 ] || sizes=(10 100 1000 10000)
here=$(cd "$(dirname "$0")" && pwd)
engine=$here/../conformance/engine
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$here/../../build/bench"
results=$here/../../build/bench/results.jsonl
: "${BELLOWS_TEST_URL:?start this through private_server, see docs/testing.md}"

median() { sed -n 's/.*"median": \([0-9.]*\).*/\1/p' <<< "$1"; }
memory() { sed -n 's/.*"kib": \([0-9]*\).*/\1/p' <<< "$1"; }

# measure NAME SIZE RUNS COMMAND...: prints the median, records the line.
measure() {
    local name=$1 size=$2 runs=$3 line
    shift 3
    line=$("$timeit" "$runs" "$@") || { echo "bench: $name at $size failed: $*" >&2; exit 1; }
    printf '{"name": "%s", "models": %s, "result": %s}\n' "$name" "$size" "$line" >> "$results"
    last=$(median "$line")
    last_memory=$(memory "$line")
}

row() { printf '%-34s %10s %12s %12s\n' "$@"; }

engine_time() { # SIZE OP-JSON: the engine alone, milliseconds, median of 3
    [ -d "$engine/node_modules" ] || { echo "-"; return; }
    node "$here/engine_time.mjs" "$engine" "$@" 2> /dev/null || echo "failed"
}

machine=$(grep -m1 'model name' /proc/cpuinfo | sed 's/.*: //')
echo "bellows $("$bellows" --version | cut -d' ' -f2), $(nproc) cores, ${machine:-unknown processor}"
[ -d "$engine/node_modules" ] || echo "reference engine: not installed (npm install in tests/conformance/engine): SKIPPED"
: > "$results"
row "" "models" "ms (median)" "KiB (peak)"

for size in "${sizes[@]}"; do
    schema=$work/$size.prisma
    edited=$work/$size.edited.prisma
    "$here/generate.sh" "$size" > "$schema"
    "$here/generate.sh" "$size" edited > "$edited"
    runs=20
    [ "$size" -ge 10000 ] && runs=5

    measure validate "$size" $runs "$bellows" validate --schema "$schema"
    row "validate" "$size" "$last" "$last_memory"
    [ "$size" -gt 1000 ] || row "  reference engine" "$size" "$(engine_time validate "$schema")" ""

    cp "$schema" "$work/formatted.prisma"
    "$bellows" format "$work/formatted.prisma" > /dev/null
    measure format "$size" $runs "$bellows" format --check "$work/formatted.prisma"
    row "format --check" "$size" "$last" "$last_memory"

    measure diff-empty "$size" $runs "$bellows" migrate diff --from-empty --to-schema "$schema" --script
    row "diff from empty" "$size" "$last" "$last_memory"
    measure diff-edit "$size" $runs "$bellows" migrate diff --from-schema "$schema" --to-schema "$edited" --script
    row "diff schema to schema" "$size" "$last" "$last_memory"
    [ "$size" -gt 1000 ] || row "  reference engine" "$size" "$(engine_time diff "$schema" "$edited")" ""

    database=bench_$size
    url=$(sed "s#/postgres?#/$database?#" <<< "$BELLOWS_TEST_URL")
    psql -q "$BELLOWS_TEST_URL" -c "DROP DATABASE IF EXISTS $database" -c "CREATE DATABASE $database" > /dev/null 2>&1
    "$bellows" migrate diff --from-empty --to-schema "$schema" --script > "$work/script.sql"
    psql -q -v ON_ERROR_STOP=1 -1 "$url" -f "$work/script.sql" > /dev/null 2> "$work/psql.err" \
        || psql -q -v ON_ERROR_STOP=1 "$url" -f "$work/script.sql" > /dev/null 2> "$work/psql.err" \
        || { cat "$work/psql.err" >&2; exit 1; }
    psql -q "$url" -c ANALYZE > /dev/null

    runs=5
    [ "$size" -ge 10000 ] && runs=3
    measure introspect-diff "$size" $runs "$bellows" migrate diff --from-url "$url" --to-schema "$schema" --exit-code
    ours=$last
    row "introspect and diff" "$size" "$last" "$last_memory"
    measure pg_dump "$size" $runs pg_dump -s "$url"
    row "  pg_dump -s" "$size" "$last" "$last_memory"
    row "  ours / pg_dump -s" "$size" "$(awk -v a="$ours" -v b="$last" 'BEGIN { printf "%.2f", a / b }')" ""
    [ "$size" -gt 1000 ] || row "  reference engine" "$size" "$(DATABASE_URL=$url engine_time pull-diff "$schema")" ""
    psql -q "$BELLOWS_TEST_URL" -c "DROP DATABASE $database"
done
