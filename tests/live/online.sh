#!/usr/bin/env bash
# Online plans on a real server: phase by phase, with a program of each schema at work in between.
#
#     BELLOWS_TEST_URL=postgresql://... online.sh BELLOWS_PLAN [CASE...]
#
# For every case of tests/golden/plan: the database of from.prisma with rows in it; the scripts in their
# order, each as deploy runs it; after each, the statements of the programs that may be alive (the old one
# until the contract phase, the new one from there on, both at the gate). In the end the database must equal
# one made from to.prisma. Then the scripts before the gate once more, on another database, and their
# reverse, which must lead back.
#
# A program reads and writes every column its schema has: select, insert, insert with nulls, update, upsert,
# row lock. `hand` in a case is what a person writes into a marked place; `breaks` says that the programs
# cannot both work, so only the end is judged; `text` is what they write into columns of text.
set -u
plan=$(realpath "${1:?usage: online.sh BELLOWS_PLAN [CASE...]}")
shift
url=${BELLOWS_TEST_URL:?BELLOWS_TEST_URL is not set}
golden=$(cd "$(dirname "$0")/../golden/plan" && pwd)
harness=$(cd "$(dirname "$0")/../harness" && pwd)
# shellcheck source=tests/harness/psql.bash
source "$(dirname "$0")/../harness/psql.bash"
command -v psql >/dev/null || { echo "SKIPPED: no psql"; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0
row=100

fail() { echo "FAIL $case: $*"; failed=1; }

# The server's URL with another database: scheme, authority, name, parameters.
database_url() { sed -E "s#^([a-z]+://[^/]*/)[^?]*#\1$1#" <<<"$url"; }
sql() { psql -qAtX -v ON_ERROR_STOP=1 -d "$(database_url "$1")" "${@:2}"; }
create() {
    sql postgres -c "DROP DATABASE IF EXISTS $1" -c "CREATE DATABASE $1" 2>/dev/null
}
# Not pg_dump: it refuses servers newer than itself.
shape() { sql "$1" -f "$harness/shape.sql" || echo "the shape of $1 cannot be told"; }
# same_shape FILE FILE: and neither is empty, which would compare nothing.
same_shape() { grep -q '^column' "$1" && diff "$1" "$2"; }
run_script() {
    local together=(-1)
    grep -qE 'CONCURRENTLY|^BEGIN;' "$2" && together=()
    sql "$1" "${together[@]}" -f "$2" >/dev/null || fail "$(basename "$2") failed"
}

# program DATABASE: its statements, from the catalog of a database of its schema, with the row number as
# psql variable `row`. Upserts go by the primary key.
program() {
    local text='text(:row)'
    [ -e "$dir/text" ] && text=$(cat "$dir/text")
    sql "$1" -v "text=$text" <<'SQL'
WITH columns AS (
    SELECT c.oid, c.relname, quote_ident(a.attname) AS name, a.attnum, a.attnotnull,
           CASE WHEN t.typtype = 'e' THEN quote_literal((SELECT enumlabel FROM pg_enum e
                             WHERE e.enumtypid = t.oid ORDER BY enumsortorder LIMIT 1))
                WHEN EXISTS (SELECT FROM pg_constraint f WHERE f.conrelid = c.oid AND f.contype = 'f'
                             AND a.attnum = ANY (f.conkey)) OR a.attname = 'authorId' THEN '1'
                WHEN t.typcategory = 'A' THEN '''{}'''
                WHEN t.typcategory = 'N' THEN ':row'
                WHEN t.typcategory = 'B' THEN 'true'
                WHEN t.typcategory = 'D' THEN 'now()'
                WHEN t.typname = 'uuid' THEN 'md5(random()::text)::uuid'
                WHEN t.typname = 'jsonb' THEN '''{}'''
                ELSE :'text' END AS value
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
         JOIN pg_type t ON t.oid = a.atttypid
    WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
), tables AS (
    SELECT quote_ident(relname) AS name, min(oid) AS oid,
           EXISTS (SELECT FROM pg_constraint f WHERE f.conrelid = min(columns.oid) AND f.contype = 'f') AS child,
           string_agg(name, ', ' ORDER BY attnum) AS names,
           string_agg(value, ', ' ORDER BY attnum) AS values,
           string_agg(CASE WHEN attnotnull THEN value ELSE 'NULL' END, ', ' ORDER BY attnum) AS with_nulls,
           string_agg(name || ' = ' || name, ', ' ORDER BY attnum) AS same,
           string_agg(name || ' = excluded.' || name, ', ' ORDER BY attnum) AS excluded
    FROM columns GROUP BY relname
)
SELECT format($$
SELECT %2$s FROM %1$s LIMIT 1;
INSERT INTO %1$s (%2$s) VALUES (%3$s) RETURNING %2$s;
UPDATE %1$s SET %5$s WHERE id::text = :'row' RETURNING %2$s;
INSERT INTO %1$s (%2$s) VALUES (%3$s) ON CONFLICT (id) DO UPDATE SET %6$s;
SELECT %2$s FROM %1$s WHERE id::text = :'row' FOR UPDATE;
\set row :row 9
INSERT INTO %1$s (%2$s) VALUES (%4$s);
\set row :first
$$, name, names, values, with_nulls, same, excluded)
FROM tables ORDER BY child, name;
SQL
}

# play WHO DATABASE WHEN
play() {
    [ -e "$dir/breaks" ] && return
    row=$((row + 1))
    sql "$2" -v "row=$row" -v "first=$row" -f "$work/$1.sql" >/dev/null 2>"$work/error" ||
        fail "the $1 program fails $3: $(head -2 "$work/error")"
}

scripts_of() { find "$work/scripts" -name '*.sql' ! -name '*.undo.sql' | sort; }

# forward DATABASE: every script, with the programs at work
forward() {
    local gate=
    play old "$1" "before the plan"
    while read -r script; do
        local name
        name=$(basename "$script" .sql)
        if [[ $name == *contract ]] && [ -z "$gate" ]; then
            gate=1
            [ -e "$dir/hand" ] || play new "$1" "at the gate"
            play old "$1" "beside the new one"
        fi
        run_script "$1" "$script"
        if [ -z "$gate" ]; then play old "$1" "after $name"; else [ -e "$dir/hand" ] || play new "$1" "after $name"; fi
    done < <(scripts_of)
    [ -z "$gate" ] && play old "$1" "beside the new one"
    play new "$1" "after the plan"
}

# there_and_back DATABASE: the scripts before the gate that have a reverse, and the reverse
there_and_back() {
    local done=()
    shape "$1" >"$work/before"
    while read -r script; do
        local undo=${script%.sql}.undo.sql
        [ -e "$undo" ] && [[ $script != *contract.sql ]] || break
        run_script "$1" "$script"
        done=("$undo" "${done[@]}")
    done < <(scripts_of)
    for undo in "${done[@]}"; do
        run_script "$1" "$undo"
    done
    shape "$1" >"$work/after"
    same_shape "$work/before" "$work/after" || fail "the reverse does not lead back"
}

try() {
    dir=$golden/$1
    case=$1
    local options=()
    [ -e "$dir/options" ] && read -ra options <"$dir/options"
    rm -rf "$work/scripts"
    mkdir "$work/scripts"
    "$plan" scripts "$dir/from.prisma" "$dir/to.prisma" "$work/scripts" "${options[@]}" || { fail "no plan"; return; }
    if [ -e "$dir/hand" ]; then
        sed -i -E "s/^-- (UPDATE .* = )\.\.\. /\1$(cat "$dir/hand") /" "$work"/scripts/*contract.sql
    fi
    for name in online_run online_undo online_to; do
        create "$name"
        "$plan" script - "$dir/$([ $name = online_to ] && echo to || echo from).prisma" --direct | sql "$name"
    done
    program online_run >"$work/old.sql"
    program online_to >"$work/new.sql"
    for name in online_run online_undo; do
        row=1 sql "$name" -v row=1 -v first=1 -f "$work/old.sql" >/dev/null || fail "first rows"
    done
    forward online_run
    shape online_run >"$work/end"
    shape online_to >"$work/wanted"
    same_shape "$work/end" "$work/wanted" || fail "the end is not what was wanted"
    there_and_back online_undo
}

if [ $# -eq 0 ]; then
    mapfile -t names < <(ls "$golden")
    set -- "${names[@]}"
fi
version=$(sql postgres -c 'SHOW server_version_num')
skipped=0
for name in "$@"; do
    if [ "$version" -lt 130000 ] && grep -q gen_random_uuid "$golden/$name/to.prisma"; then
        echo "SKIPPED $name: this server has no gen_random_uuid()"
        skipped=$((skipped + 1))
    else
        try "$name"
    fi
done
for name in online_run online_undo online_to; do
    sql postgres -c "DROP DATABASE IF EXISTS $name"
done
echo "$# plans, $skipped of them skipped"
exit $failed
