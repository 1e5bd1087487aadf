#!/usr/bin/env bash
# The locks a plan's page promises are the locks its statements take.
#
#     BELLOWS_TEST_URL=postgresql://... locks.sh BELLOWS_PLAN [CASE...]
#
# For every case of tests/golden/plan: the database of from.prisma, then step by step, each in a transaction of its
# own: its statements, and what pg_locks says before it commits. Of each table that was there before the plan, and of
# each compatibility view, the strongest lock (on it or an index it had) must be the one plan.json states; one it does
# not state may be read at most. Statements that
# refuse a transaction (CONCURRENTLY) hold nothing afterwards and are counted apart. Each kind of step in
# compiler/plan/steps/steps.def that no case shows is named in the end.
set -u
plan=$(realpath "${1:?usage: locks.sh BELLOWS_PLAN [CASE...]}")
shift
url=${BELLOWS_TEST_URL:?BELLOWS_TEST_URL is not set}
golden=$(cd "$(dirname "$0")/../golden/plan" && pwd)
# shellcheck source=tests/harness/psql.bash
source "$(dirname "$0")/../harness/psql.bash"
command -v psql >/dev/null || { echo "SKIPPED: no psql"; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

database_url() { sed -E "s#^([a-z]+://[^/]*/)[^?]*#\1$1#" <<<"$url"; }
sql() { psql -qAtX -v ON_ERROR_STOP=1 -d "$(database_url "$1")" "${@:2}"; }

# script FILE: from the plan in it, one psql script: each step in a transaction, closed by a line for each table
# whose lock is not the stated one.
script() {
    plan_file=$1 sql postgres <<'SQL'
\set plan `cat "$plan_file"`
SELECT format($$
CREATE TEMP TABLE stood AS SELECT oid, relname FROM pg_class
    WHERE relkind = 'v' AND relnamespace IN (SELECT oid FROM ours) OR oid IN (SELECT oid FROM first);
CREATE TEMP TABLE indexed AS SELECT indexrelid, indrelid FROM pg_index WHERE indrelid IN (SELECT oid FROM stood);
CREATE TEMP TABLE stated AS SELECT * FROM json_to_recordset(%L) AS x("table" text, mode text);
%s%s%s
DROP TABLE stood, indexed, stated;
$$, step ->> 'locks',
    CASE WHEN step ->> 'transaction' <> 'none' THEN E'BEGIN;\n' ELSE '' END,
    (SELECT string_agg(statement || E'\n;\n', '' ORDER BY place)
     FROM json_array_elements_text(step -> 'statements') WITH ORDINALITY AS s(statement, place)
     WHERE statement NOT IN ('BEGIN', 'COMMIT')),
    CASE WHEN step ->> 'transaction' <> 'none' THEN format($$
WITH strength(mode, rank) AS (VALUES
    ('ACCESS SHARE', 1), ('ROW SHARE', 2), ('ROW EXCLUSIVE', 3), ('SHARE UPDATE EXCLUSIVE', 4), ('SHARE', 5),
    ('SHARE ROW EXCLUSIVE', 6), ('EXCLUSIVE', 7), ('ACCESS EXCLUSIVE', 8)),
taken AS (
    SELECT s.relname AS old, c.relname AS new, coalesce(max(r.rank), 0) AS rank
    FROM stood s LEFT JOIN pg_class c ON c.oid = s.oid
         LEFT JOIN pg_locks l ON l.relation IN (SELECT s.oid UNION ALL SELECT indexrelid FROM indexed
                                                WHERE indrelid = s.oid) AND l.pid = pg_backend_pid() AND l.locktype = 'relation'
         LEFT JOIN strength r ON replace(upper(r.mode), ' ', '') || 'LOCK' = upper(l.mode)
    GROUP BY s.oid, s.relname, c.relname),
said AS ( -- a name may be that of tables in two schemas
    SELECT "table" AS old, (SELECT max(taken.rank) FROM taken WHERE "table" IN (old, new)) AS rank, max(r.rank) AS wanted
    FROM stated JOIN strength r USING (mode) GROUP BY "table"
    UNION ALL
    SELECT old, taken.rank, NULL FROM taken WHERE NOT EXISTS (SELECT FROM stated WHERE "table" IN (old, new)))
SELECT %L || ': ' || old || ': ' || coalesce((SELECT mode FROM strength WHERE strength.rank = said.rank), 'no lock') ||
       ', stated ' || coalesce((SELECT mode FROM strength WHERE strength.rank = wanted), 'none')
FROM said WHERE said.rank <> wanted OR (wanted IS NULL AND said.rank > 1);
COMMIT;$$, step ->> 'title') ELSE '' END)
FROM json_array_elements((:'plan')::json -> 'phases') AS phase, json_array_elements(phase -> 'steps') AS step;
SQL
}

try() {
    local dir=$golden/$1 options=()
    [ -e "$dir/options" ] && read -ra options <"$dir/options"
    sql postgres -c 'DROP DATABASE IF EXISTS locks' -c 'CREATE DATABASE locks' 2>/dev/null
    "$plan" script - "$dir/from.prisma" --direct | sql locks
    "$plan" json "$dir/from.prisma" "$dir/to.prisma" "${options[@]}" >"$work/plan.json"
    grep -oE '"kind": "[A-Za-z]+",' "$work/plan.json" >>"$work/kinds"
    { echo "CREATE TEMP TABLE ours AS SELECT oid FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema';
           CREATE TEMP TABLE first AS SELECT oid FROM pg_class
           WHERE relkind IN ('r', 'p') AND relnamespace IN (SELECT oid FROM ours);"
      script "$work/plan.json"; } >"$work/script.sql"
    grep -q "TABLE stated" "$work/script.sql" || { echo "FAIL $1: no script"; failed=1; }
    if ! sql locks -f "$work/script.sql" >"$work/wrong" 2>"$work/error"; then
        echo "FAIL $1: $(head -3 "$work/error")"
        failed=1
    fi
    if [ -s "$work/wrong" ]; then
        sed "s/^/FAIL $1: /" "$work/wrong"
        failed=1
    fi
}

cases=("$@")
[ $# -gt 0 ] || mapfile -t cases < <(find "$golden" -mindepth 1 -maxdepth 1 -type d -printf '%f\n' | sort)
version=$(sql postgres -c 'SHOW server_version_num') skipped=0
for case in "${cases[@]}"; do
    if [ "$version" -lt 130000 ] && grep -q gen_random_uuid "$golden/$case/to.prisma"; then
        echo "SKIPPED $case: this server has no gen_random_uuid()"
        skipped=$((skipped + 1))
    else
        try "$case"
    fi
done
echo "${#cases[@]} plans, $skipped of them skipped, $(wc -l <"$work/kinds") steps"
if [ $# -eq 0 ]; then
    echo "never seen: $(grep -oP '^STEP\(STEP_\w+,\s*"\K\w+' "$(dirname "$0")/../../compiler/plan/steps/steps.def" | sort -u |
        grep -vxF -f <(grep -oE '[A-Za-z]+' "$work/kinds" | sort -u) | tr '\n' ' ')"
fi
exit $failed
