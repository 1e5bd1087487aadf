#!/usr/bin/env bash
# The tables of functions and types that a replay in memory goes by, row by row against the server's catalog: none is missing, none
# says something else. Functions that a server is too old for are passed by.
#
#   replay_functions.sh         wants BELLOWS_TEST_URL
set -euo pipefail
export LC_ALL=C
root=$(realpath "$(dirname "$0")/../..")
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
read_dir=$root/compiler/replay/read
rows() { # MACRO FILE FORM [MACRO LEFT OUT]
    printf '#define %s %s\n%s#include "%s"\n' "$1" "$3" "${4:+#define $4$'\n'}" "$2" | cpp -P -E - | tr -d '"\n ' | tr ';' '\n'
}
ask() { psql -qXAt -v ON_ERROR_STOP=1 "$BELLOWS_TEST_URL" "$@"; }
same() { # same WHAT OURS SERVER
    [ -s "$2" ] || { echo "no rows: $1"; exit 1; }
    sort -o "$2" "$2" && sort -o "$3" "$3"
    diff "$2" "$3" || { echo "the server says something else: $1"; exit 1; }
}
list() { paste -sd, | sed "s/[^,]*/'&'/g"; }

more=$read_dir/more_functions.def
trusted=$(rows 'TRUSTED_FUNCTION(name)' "$root/compiler/qualify/trusted_functions.def" 'name;')
others=$(rows 'MORE_FUNCTION(name, values)' "$more" 'name;' 'EXTENSION_FUNCTION(...)')
there=$(ask -c "SELECT DISTINCT proname FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace")
known=$(printf '%s\n%s\n' "$trusted" "$others" | sort -u | grep -Fxf <(echo "$there"))
names=$(list <<< "$known")

rows 'MORE_FUNCTION(name, values)' "$more" 'name:values;' 'EXTENSION_FUNCTION(...)' > "$scratch/stated"
sed 's/$/:ONE/' <<< "$trusted" >> "$scratch/stated"
join -t : <(sort -t : -k 1,1 "$scratch/stated") <(sort <<< "$known") | sort -u > "$scratch/ours"
ask -c "SELECT proname || ':' || CASE WHEN bool_or(proretset OR prokind IN ('a', 'w')) THEN 'MANY' ELSE 'ONE' END FROM pg_proc
  WHERE pronamespace = 'pg_catalog'::regnamespace AND proname IN ($names) GROUP BY proname" > "$scratch/servers"
same 'values of a function' "$scratch/ours" "$scratch/servers"

ask > "$scratch/volatile" << END
WITH f AS (SELECT proname, pronargs - pronargdefaults AS least, CASE WHEN provariadic <> 0 THEN 'ANY' ELSE pronargs::text END AS most,
  provolatile, proargtypes::oid[] && ARRAY['timestamptz'::regtype::oid, 'timetz'::regtype::oid] AS zoned
  FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace AND prokind = 'f' AND NOT proretset AND proname IN ($names))
SELECT proname || ',' || least || ',' || most || ',' || CASE WHEN bool_or(provolatile = 'i') IS FALSE THEN 'ALWAYS'
  WHEN bool_and(zoned) FILTER (WHERE provolatile <> 'i') THEN 'ZONED' ELSE 'BY_TYPE' END, bool_or(provolatile <> 'i')
FROM f GROUP BY proname, least, most
END
# Rows for arguments that this server's function does not take are passed by.
rows 'VOLATILE_FUNCTION(name, least, most, when)' "$read_dir/volatile_functions.def" 'name,least,most,when;' |
    while read -r row; do ! grep -qFx "${row%,*}" <(sed 's/|.*//' "$scratch/volatile" | sed 's/,[^,]*$//') || echo "$row"; done > "$scratch/ours"
sed -n 's/|t$//p' "$scratch/volatile" > "$scratch/servers"
sed -i '/^date_trunc,3,/d' "$scratch/ours" "$scratch/servers" # immutable on later servers, and taken for volatile here
same 'volatility' "$scratch/ours" "$scratch/servers"

words=$(rows 'TYPE(id, scalar, native, sql, name, ...)' "$root/compiler/catalog/types.def" 'name;' | list)
rows 'TEXT_TYPE(id, name)' "$read_dir/text_types.def" 'name;' > "$scratch/ours"
citext=()
if [ -n "$(ask -c "SELECT 1 FROM pg_available_extensions WHERE name = 'citext'")" ]; then
    citext=(-c 'SET client_min_messages = error' -c 'CREATE EXTENSION IF NOT EXISTS citext')
else
    echo "not compared: citext, which this server lacks"
    sed -i /^citext/d "$scratch/ours"
fi
ask -c BEGIN "${citext[@]}" -c "SELECT DISTINCT typname FROM pg_type WHERE typname IN ($words)
  AND (SELECT provolatile FROM pg_proc WHERE oid = typinput) = 'i' AND (SELECT provolatile FROM pg_proc WHERE oid = typoutput) = 'i'" -c ROLLBACK > "$scratch/servers"
same 'types with one text' "$scratch/ours" "$scratch/servers"
moving=$(ask -c "SELECT castsource::regtype || ' to ' || casttarget::regtype FROM pg_cast JOIN pg_proc p ON p.oid = castfunc WHERE provolatile <> 'i'
  AND castsource IN (SELECT oid FROM pg_type WHERE typname IN ($(list < "$scratch/ours"))) AND casttarget IN (SELECT oid FROM pg_type WHERE typname IN ($(list < "$scratch/ours")))")
[ -z "$moving" ] || { echo "not immutable: $moving"; exit 1; }

# name, arguments, type of the last one, type given
results=$read_dir/function_results.def
rows 'FUNCTION_RESULT(name, others, of, result)' "$results" 'name,others,of,result;' > "$scratch/stated"
rows 'TYPE(id, scalar, native, sql, name, ...)' "$root/compiler/catalog/types.def" 'id=name;' > "$scratch/ids"
while IFS=, read -r name others of result; do
    of=$(sed -n "s/^$of=//p" "$scratch/ids" | grep . || case $of in NUMBER) echo float8 ;; LIST) echo anyarray ;; ANY) echo anyelement ;; esac)
    result=$(sed -n "s/^$result=//p" "$scratch/ids")
    count=$(ask -c "SELECT count(*) FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace AND proname = '$name' AND pronargs = $others + 1
      AND proargtypes[$others] = '$of'::regtype AND prorettype = '$result'::regtype AND ($others = 0 OR proargtypes[0] = 'text'::regtype)")
    [ "$count" = 1 ] || { echo "no function $name($of) that gives $result"; exit 1; }
done < "$scratch/stated"

rows 'EXTENSION_FUNCTION(extension, name, is_immutable)' "$more" 'extension:name:is_immutable;' 'MORE_FUNCTION(...)' > "$scratch/stated"
while IFS=: read -r extension name immutable; do
    if [ -z "$(ask -c "SELECT 1 FROM pg_available_extensions WHERE name = '$extension'")" ]; then
        echo "not compared: $name of $extension, which this server lacks"
        continue
    fi
    found=$(ask -c 'SET client_min_messages = error' -c BEGIN -c "CREATE EXTENSION IF NOT EXISTS \"$extension\"" -c "SELECT DISTINCT provolatile = 'i' FROM pg_proc WHERE proname = '$name'
      AND EXISTS (SELECT FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e')" -c ROLLBACK)
    [ "$found" = "$(sed 's/true/t/;s/false/f/' <<< "$immutable")" ] || { echo "$name of $extension: $found"; exit 1; }
done < "$scratch/stated"
