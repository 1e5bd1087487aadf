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
expressions=$root/compiler/replay/expressions
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
rows 'VOLATILE_FUNCTION(name, least, most, when)' "$expressions/volatile_functions.def" 'name,least,most,when;' |
    while read -r row; do ! grep -qFx "${row%,*}" <(sed 's/|.*//' "$scratch/volatile" | sed 's/,[^,]*$//') || echo "$row"; done > "$scratch/ours"
sed -n 's/|t$//p' "$scratch/volatile" > "$scratch/servers"
sed -i '/^date_trunc,3,/d' "$scratch/ours" "$scratch/servers" # immutable on later servers, and taken for volatile here
same 'volatility' "$scratch/ours" "$scratch/servers"

words=$(rows 'TYPE(id, scalar, native, sql, name, ...)' "$root/compiler/catalog/types.def" 'name;' | list)
rows 'TEXT_TYPE(id, name)' "$expressions/text_types.def" 'name;' > "$scratch/ours"
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

# Each row of what calls take and give, called with nulls of the types that its letters stand for.
calls=$expressions/typed_calls.def
rows 'TYPED_CALL(name, takes, gives)' "$calls" 'name,takes,gives;' 'TYPED_CALL_OF(...)' > "$scratch/stated"
rows 'TYPED_CALL_OF(name, takes, type)' "$calls" 'name,takes,type;' 'TYPED_CALL(...)' >> "$scratch/stated"
rows 'TYPE(id, scalar, native, sql, name, ...)' "$root/compiler/catalog/types.def" 'id=name;' > "$scratch/ids"
types_of() { # LETTER
    case $1 in
        t) echo text varchar bpchar ;; n) echo int2 int4 int8 numeric float4 float8 ;; i) echo int2 int4 ;; m) echo numeric ;; d) echo date timestamp timestamptz ;;
        D) echo date ;; s) echo timestamp ;; z) echo timestamptz ;; q) echo timetz ;; j) echo jsonb ;; J) echo json ;; c) echo regconfig ;; g) echo regclass ;; l) echo 'text[]' 'int4[]' ;; *) echo int4 text ;;
    esac
}
while IFS=, read -r name takes gives; do
    [ "$takes" != '*' ] || takes=aaa
    if ! grep -qx "$name" <<< "$there"; then
        echo "not compared: $name, which this server lacks" >&2
        continue
    fi
    [ -n "$takes" ] || echo "SELECT '$name', pg_typeof(pg_catalog.$name()) = '$(sed -n "s/^$gives=//p" "$scratch/ids")'::regtype;"
    for ((at = 0; at < ${#takes}; at++)); do # each argument by its types in turn, the others by the first of theirs
        for of in $(types_of "${takes:at:1}"); do
            arguments=() wanted=$(sed -n "s/^$gives=//p" "$scratch/ids")
            for ((i = 0; i < ${#takes}; i++)); do
                type=$of
                [ "$i" = "$at" ] || read -r type _ <<< "$(types_of "${takes:i:1}")"
                [ "${takes:i:1}" != e ] || type=text # as the first list
                [[ $name = *range && $type = text ]] && arguments+=("'[)'::text") || arguments+=("NULL::$type")
            done
            [[ $name != *range || $of != varchar && $of != bpchar ]] || continue
            [ -n "$wanted" ] || wanted=$gives
            [ "$wanted" != TYPED_FIRST ] || wanted=$of
            [[ $takes != *e* || $of = text* ]] || continue
            echo "SELECT '$name $takes $of', pg_typeof(pg_catalog.$name($(IFS=,; echo "${arguments[*]}"))) = '$wanted'::regtype;"
        done
    done
done < "$scratch/stated" > "$scratch/calls"
psql -qXAt -v ON_ERROR_STOP=1 "$BELLOWS_TEST_URL" -f "$scratch/calls" > "$scratch/answers" || exit 1
if grep -v '|t$' "$scratch/answers"; then echo "these calls give something else"; exit 1; fi

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
