#!/usr/bin/env bash
# A default that is the same text before and after, while the type of its column becomes every other one that reads it. The server
# keeps the constant of the old type and casts it when a row is stored: what that comes to must be known, or the same default is
# set again for ever. Planned from the schema and from the database; afterwards nothing may differ, and a row made of defaults must be
# the one that a database made from the second schema stores, whatever the time zone.
# shellcheck source=tests/harness/cli.bash
source "$(dirname "$0")/../harness/cli.bash"

case_begin "what the server assigns by itself where the language has no word for a type is known"
defs=$(dirname "$0")/../../compiler/catalog
rows() { # MACRO FILE FORM
    printf '#define %s %s\n#include "%s"\n' "$1" "$3" "$defs/$2" | cpp -P -E - | tr -d '"\n ' | tr ';' '\n' | sort
}
rows 'ASSIGNED(from, to)' server_casts.def 'from > to;' > ours
words=$(rows 'TYPE(id, scalar, native, sql, name, ...)' types.def 'name;' | paste -sd,)
psql_ "$url" -At > servers << END
SELECT f.typname || '>' || t.typname FROM pg_cast c JOIN pg_type f ON f.oid = castsource JOIN pg_type t ON t.oid = casttarget
WHERE castcontext IN ('i', 'a') AND f.oid <> t.oid AND f.typname !~ '^pg_' AND t.typname NOT IN ('text', 'varchar', 'bpchar', 'name')
AND NOT (f.typname = ANY ('{$words}') AND t.typname = ANY ('{$words}'))
END
sort -o servers servers
[ "$(psql_ "$url" -Atc 'SHOW server_version_num')" -ge 130000 ] || sed -i /regcollation/d ours # came with 13
[ -s ours ] && out=$(diff ours servers) || fail "pg_cast says something else"

# schema FILE DEFAULT TYPE...: a column for each.
schema() {
    local file=$1 default=$2 type n=0
    shift 2
    {
        printf 'datasource db {\n  provider = "postgresql"\n}\n\nmodel Pair {\n  id Int @id\n'
        for type in "$@"; do
            n=$((n + 1))
            printf '  c%s %s @default(%s)%s\n' "$n" "${type%% *}" "$default" "${type#"${type%% *}"}"
        done
        printf '}\n'
    } > "$file"
}

# row_of_defaults COUNT: what the database stores in that many columns when nothing is said.
row_of_defaults() {
    PGTZ=Asia/Tokyo psql_ "$url" -c 'INSERT INTO "Pair" (id) VALUES (1)' -c "SELECT $(seq -s , -f c%g "$1") FROM \"Pair\"" 2>&1
}

# pairs DEFAULT TYPE...: each type becomes each other.
pairs() {
    local default=$1 from=() to=() a b way wanted
    shift
    for a in "$@"; do
        for b in "$@"; do
            [ "$a" = "$b" ] || { from+=("$a"); to+=("$b"); }
        done
    done
    case_begin "$default, ${#from[@]} types from nothing"
    schema to.prisma "$default" "${to[@]}"
    expect 0 bellows db push --url "$url" --schema to.prisma
    wanted=$(row_of_defaults ${#to[@]}) || { out=$wanted; fail "no row of defaults"; }
    for way in schema url; do
        case_begin "$default from $way, ${#from[@]} pairs of types"
        schema from.prisma "$default" "${from[@]}"
        schema to.prisma "$default" "${to[@]}"
        expect 0 bellows db push --url "$url" --schema from.prisma
        if [ $way = schema ]; then
            expect 0 bellows migrate diff --from-schema from.prisma --to-schema to.prisma --script
            printf '%s' "$out" | psql_ "$url" -f - > applied 2>&1 || { out=$(cat applied); fail "the script fails"; }
        else
            expect 0 bellows db push --accept-data-loss --url "$url" --schema to.prisma
        fi
        expect 0 bellows migrate diff --from-url "$url" --to-schema to.prisma --exit-code --script
        out=$(row_of_defaults ${#to[@]}) || fail "no row of defaults"
        [ "$out" = "$wanted" ] || { out=$(diff <(tr '|' '\n' <<< "$wanted") <(tr '|' '\n' <<< "$out")); fail "other values are stored"; }
    done
}

string=(String 'String @db.VarChar(40)')
pairs '"1"' "${string[@]}" 'String @db.Char(1)' 'String @db.Bit(1)' 'String @db.VarBit(4)' Json 'Json @db.Json' 'String @db.Xml'
pairs '"7d444840-9dc0-11d1-b245-5ffdce74fad2"' "${string[@]}" 'String @db.Char(36)' 'String @db.Uuid' 'String @db.Xml'
pairs '"10.0.0.0/8"' "${string[@]}" 'String @db.Char(12)' 'String @db.Inet' 'String @db.Xml'
pairs '"10.0.0.1"' "${string[@]}" 'String @db.Char(12)' 'String @db.Inet' 'String @db.Xml'
pairs '"{\"b\":1, \"a\": [1]}"' "${string[@]}" Json 'Json @db.Json' 'String @db.Xml'
pairs '"{\"b\": [1, {}], \"aa\": null}"' "${string[@]}" Json 'Json @db.Json' 'String @db.Xml'
pairs '"[]"' "${string[@]}" Json 'Json @db.Json' 'String @db.Xml'
pairs '"1e3"' "${string[@]}" Json 'String @db.Xml' # two texts of one JSON number are one
pairs '"\"a\""' "${string[@]}" Json 'Json @db.Json' 'String @db.Xml'
pairs '["1"]' 'String[]' 'String[] @db.VarChar(40)' 'String[] @db.Char(1)' 'String[] @db.Bit(1)' 'String[] @db.VarBit(4)' 'Json[]' \
    'Json[] @db.Json' 'String[] @db.Xml'
pairs '1' Int BigInt Float Decimal 'Float @db.Real' 'Int @db.SmallInt' 'Decimal @db.Money' 'Int @db.Oid' 'Decimal @db.Decimal(5,2)'
pairs '[1]' 'Int[]' 'BigInt[]' 'Float[]' 'Decimal[]' 'Float[] @db.Real' 'Decimal[] @db.Money' 'Int[] @db.Oid'
pairs '[1.55, 0.1234567]' 'Float[]' 'Decimal[]' 'Float[] @db.Real' 'Decimal[] @db.Decimal(5,1)' 'Decimal[] @db.Decimal(5,3)'
pairs '[1.5]' 'Float[]' 'Decimal[]' 'Float[] @db.Real' 'Decimal[] @db.Decimal(5,1)' 'Decimal[] @db.Decimal(5,3)'
moments=(DateTime 'DateTime @db.Timestamp(6)' 'DateTime @db.Timestamptz(3)' 'DateTime @db.Date' 'DateTime @db.Time(6)' 'DateTime @db.Timetz(3)')
pairs '"2020-01-01T00:00:00Z"' "${moments[@]}"
pairs '"1999-12-31T23:59:59.5-05:00"' "${moments[@]}"
pairs '["2020-01-01T00:00:00Z", "1999-12-31T23:59:59.5-05:00"]' "${moments[@]/DateTime/DateTime[]}"

finish
