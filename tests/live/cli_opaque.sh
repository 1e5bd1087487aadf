#!/usr/bin/env bash
# cli_opaque.sh BELLOWS [KIND [EDIT]] - what the schema language cannot say survives an edit, or is named before anything runs.
#
# Each kind of object meets each edit: the object is made by hand, the edited schema is pushed. Then either the push was done
# and the object is there with its meaning (or the push named it and had consent), or the push refused, naming it, before the
# server did. Every eleventh pair; all with BELLOWS_OPAQUE=all or a KIND. The object's name, its comment or its role is `o_obj`.
# shellcheck source=tests/harness/cli.bash
source "$(dirname "$0")/../harness/cli.bash"
shape_sql=$(realpath "$(dirname "$0")/../harness/shape.sql")

declare -A make needs marker edit
order=() edits=()
# kind NAME SQL [MAJOR]: the major it needs
kind() { order+=("$1"); make[$1]=$2; needs[$1]=${3-12}; }
# edited NAME SED: the sed script that edits the schema
edited() { edits+=("$1"); edit[$1]=$2; }

kind check 'ALTER TABLE "Item" ADD CONSTRAINT o_obj CHECK (qty > 0)'
kind check-of-two 'ALTER TABLE "Item" ADD CONSTRAINT o_obj CHECK (qty > 0 OR name IS NOT NULL)'
kind check-of-enum "ALTER TABLE \"Item\" ADD CONSTRAINT o_obj CHECK (kind <> 'b')"
kind exclusion 'ALTER TABLE "Item" ADD CONSTRAINT o_obj EXCLUDE USING gist (int4range(qty, qty + 1) WITH &&)'
kind trigger-of-column 'CREATE TRIGGER o_obj BEFORE UPDATE OF qty ON "Item" FOR EACH ROW EXECUTE FUNCTION noop()'
kind trigger-when 'CREATE TRIGGER o_obj BEFORE INSERT ON "Item" FOR EACH ROW WHEN (NEW.qty > 0) EXECUTE FUNCTION noop()'
kind trigger-off 'CREATE TRIGGER o_obj BEFORE INSERT ON "Item" FOR EACH ROW EXECUTE FUNCTION noop(); ALTER TABLE "Item" DISABLE TRIGGER o_obj'
kind function-body 'CREATE FUNCTION o_obj() RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT sum(qty) FROM "Item"; END' 14
kind function-of-row 'CREATE FUNCTION o_obj("Item") RETURNS int LANGUAGE sql AS $$SELECT 1$$'
kind function-of-enum 'CREATE FUNCTION o_obj("Kind") RETURNS int LANGUAGE sql AS $$SELECT 1$$'
kind view 'CREATE VIEW o_obj AS SELECT id, qty, kind FROM "Item"'
kind view-on-view 'CREATE VIEW inner_view AS SELECT id, qty AS n FROM "Item"; CREATE VIEW o_obj AS SELECT n FROM inner_view'
kind view-with-literal "CREATE VIEW o_obj AS SELECT 'b'::\"Kind\" AS k"
kind view-by-key 'CREATE VIEW o_obj AS SELECT id, name FROM "Item" GROUP BY id'
kind materialized-view 'CREATE MATERIALIZED VIEW o_obj AS SELECT id, qty, kind FROM "Item"'
kind rule 'CREATE RULE o_obj AS ON UPDATE TO "Item" WHERE NEW.qty < 0 DO INSTEAD NOTHING'
kind policy 'CREATE POLICY o_obj ON "Item" USING (qty > 0)'
kind policy-elsewhere 'CREATE POLICY o_obj ON "Other" USING (id IN (SELECT qty FROM "Item"))'
kind row-security 'ALTER TABLE "Item" ENABLE ROW LEVEL SECURITY'
kind domain-of-enum 'CREATE DOMAIN o_obj AS "Kind"'
kind composite-of-enum 'CREATE TYPE o_obj AS (k "Kind")'
kind index-of-expression 'CREATE INDEX o_obj ON "Item" ((qty * 2))'
kind index-of-enum "CREATE INDEX o_obj ON \"Item\" ((kind = 'b'))"
kind index-partial 'CREATE INDEX o_obj ON "Item" (id) WHERE qty > 0'
kind index-partial-of-enum "CREATE INDEX o_obj ON \"Item\" (id) WHERE kind = 'b'"
kind statistics 'CREATE STATISTICS o_obj ON qty, name FROM "Item"'
kind generated 'ALTER TABLE "Item" DROP COLUMN o_obj, ADD COLUMN o_obj int GENERATED ALWAYS AS (qty * 2) STORED'
kind privilege-on-table 'GRANT SELECT ON "Item" TO o_obj'
kind privilege-on-column 'GRANT SELECT (qty) ON "Item" TO o_obj'
kind privilege-on-enum 'GRANT USAGE ON TYPE "Kind" TO o_obj'
kind comment-on-table "COMMENT ON TABLE \"Item\" IS 'o_obj'"
kind comment-on-column "COMMENT ON COLUMN \"Item\".qty IS 'o_obj'"
kind comment-on-enum "COMMENT ON TYPE \"Kind\" IS 'o_obj'"
kind comment-on-index "COMMENT ON INDEX \"Item_name_idx\" IS 'o_obj'"
marker[row-security]='row security'

edited column-dropped '/ qty /d'
edited column-renamed 's|^  qty .*|  /// @renamedFrom(qty)\n  amount Int|'
edited table-renamed 's|^model Item|/// @renamedFrom(Item)\nmodel Thing|; s/Item?/Thing?/'
edited column-added 's|^  qty .*|&\n  more Int?|'
edited type-widened 's/ qty .*/ qty BigInt/'
edited type-of-another-kind 's/ qty .*/ qty String/'
edited column-recreated 's/ qty .*/ qty DateTime?/'
edited table-dropped '/^model Item/,/^}/d; / item /d'
edited table-moved 's/@@schema("public") \/\/ Item/@@schema("elsewhere")/'
edited enum-rebuilt '/^  c$/d'
edited enum-dropped '/^enum/,/^}/d; / kind /d'
edited index-dropped '/@@index/d'
edited index-method 's/@@index(\[name\]/@@index([name], type: Hash/'
edited key-moved 's/ id Int @id @default(autoincrement())/ id Int @default(autoincrement()) @unique/; s/ name String$/ name String @id/'

write_schema() {
    schema << 'END'
datasource db {
  provider = "postgresql"
  schemas  = ["public", "elsewhere"]
}

model Item {
  id Int @id @default(autoincrement())
  name String
  qty Int
  kind Kind @default(a)
  o_obj Int?
  others Other[]
  @@index([name], map: "Item_name_idx")
  @@schema("public") // Item
}

model Other {
  id Int @id
  itemId Int?
  item Item? @relation(fields: [itemId], references: [id])
  @@schema("public")
}

enum Kind {
  a
  b
  c
  @@schema("public")
}
END
    sed -i "$1" prisma/schema.prisma
    # A relation without its other side is no schema.
    grep -q ' item ' prisma/schema.prisma || sed -i '/ others /d; / itemId /d' prisma/schema.prisma
}

begin_again() {
    psql_ "$url" > /dev/null 2>&1 << 'SQL'
DROP SCHEMA IF EXISTS public, elsewhere CASCADE; CREATE SCHEMA public; CREATE SCHEMA elsewhere;
SQL
    psql_ "$url" -f base.sql -c 'CREATE FUNCTION noop() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$' \
        -c "INSERT INTO \"Item\" (name, qty) VALUES ('n', 1)" > /dev/null
}

# What the server says about the object, in the names of the first schema.
object() {
    psql_ "$url" -f "$shape_sql" | sed 's/\bamount\b/qty/g; s/\bThing\b/Item/g; s/\bThing_/Item_/g; s/ qty AS qty\b/ qty/g; s/\.qty AS qty\b/.qty/g' |
        tr '\n' '\001' | sed 's/\x01 / /g' | tr '\001' '\n' | grep -F "$mark" |
        grep -v '^column ' | sort
}

# The columns of an object, whatever their type, and what is about them.
columns() {
    psql_ "$url" -f "$shape_sql" | sed 's/\bamount\b/qty/g; s/\bThing\b/Item/g; s/^\(column [^ ]*\) [a-z]*\( NOT NULL\)\?/\1/' |
        grep '^column' | grep -F "$mark" | grep -v '^column [a-z]*\."Item"\.o_obj$'
}

# How a plan names an object of the kind.
spoken() {
    case $1 in
        comment*) echo 'comment `' ;;
        privilege*) echo 'privilege `.* to o_obj`' ;;
        view-on-view) echo 'view `inner_view`' ;;
        row-security) echo 'row level security `' ;;
        *) echo '[a-z] `o_obj[`(]' ;;
    esac
}

judge() {
    local before after said
    case_name="$1, $2" case_failed=0 mark=${marker[$1]-o_obj}
    begin_again
    out=$(psql_ "$url" -c "${make[$1]}" 2>&1) || fail 'the object cannot be made'
    write_schema "${edit[$2]}"
    before=$(object; columns)
    [ -n "$before" ] || fail 'there is no object'
    out=$("$bellows" db push --accept-data-loss --url "$url" 2>&1)
    code=$?
    said=$(grep -cE "^  - .*$(spoken "$1")" <<< "$out")
    after=$(object; columns)
    if grep -qE 'Sanitizer|runtime error' <<< "$out"; then
        fail 'a sanitizer spoke'
    elif grep -q E0509 <<< "$out" && [ "$said" -eq 0 ]; then
        fail 'the server refused what the plan had not named'
    elif [ "$code" -ne 0 ]; then
        [ "$before" = "$after" ] || fail 'refused, but changed'
        [ "$said" -gt 0 ] || fail 'refused without naming it'
        refused=$((refused + 1))
    elif [ "$before" != "$after" ]; then
        [ "$said" -gt 0 ] || { out=$(diff <(echo "$before") <(echo "$after")); fail 'lost or changed in silence'; }
        named=$((named + 1))
    fi
    if [ "$case_failed" -eq 0 ]; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "FAILED $case_name"; fi
    case_name=''
}

case_begin 'objects'
server_major=$(($(psql_ "$url" -c 'SHOW server_version_num') / 10000)) refused=0 named=0 pair=0
psql_ "$url" -c 'CREATE ROLE o_obj' > /dev/null
write_schema ''
"$bellows" migrate diff --from-empty --to-schema prisma/schema.prisma --script | sed 's/CREATE SCHEMA/-- &/' > base.sql
case_name=''
step=11
if [ "${BELLOWS_OPAQUE-}" = all ] || [ -n "${2-}" ]; then step=1; fi
for k in "${order[@]}"; do
    [[ $k == "${2-$k}" ]] || continue
    for e in "${edits[@]}"; do
        [[ $e == "${3-$e}" ]] || continue
        pair=$((pair + 1))
        [ $((pair % step)) -eq 0 ] || continue
        if [ "$server_major" -lt "${needs[$k]}" ]; then
            skip "$k, $e" "PostgreSQL $server_major has no such object"
        else
            judge "$k" "$e"
        fi
    done
done
printf '%d kept, %d named and let go, %d named and refused\n' $((passed - named - refused)) "$named" "$refused"
finish
