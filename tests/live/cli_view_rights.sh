#!/usr/bin/env bash
# cli_view_rights.sh BELLOWS - a compatibility view has exactly the rights of its table, as the database has them when the script runs,
# and several plans wait behind one: each takes away what it brought, in any order.
# shellcheck source=tests/harness/cli.bash
source "$(dirname "$0")/../harness/cli.bash"

roles=(own reader granter second writer late)
declare -A as
for role in "${roles[@]}"; do
    as[$role]=vr_${role}_$$
    psql_ "$BELLOWS_TEST_URL" -c "CREATE ROLE ${as[$role]}" > /dev/null
done

schema() {
    printf 'datasource db {\n  provider = "postgresql"\n  url      = env("DATABASE_URL")\n}\n\nmodel Secret {\n  id Int @id\n  %s String\n}\n' "$1" \
        > prisma/schema.prisma
}

# The rights of a relation: of the whole and of each column, the grantors with them.
rights() {
    psql_ "$url" -c "SELECT 'table', x.grantor::regrole, x.grantee::regrole, x.privilege_type, x.is_grantable
        FROM pg_class AS c, aclexplode(coalesce(c.relacl, acldefault('r', c.relowner))) AS x WHERE c.oid = '\"$1\"'::regclass
        UNION ALL
        SELECT a.attname, x.grantor::regrole, x.grantee::regrole, x.privilege_type, x.is_grantable
        FROM pg_attribute AS a, aclexplode(a.attacl) AS x WHERE a.attrelid = '\"$1\"'::regclass AND a.attname <> 'code'
        UNION ALL SELECT 'owner', relowner::regrole, NULL, NULL, NULL FROM pg_class WHERE oid = '\"$1\"'::regclass
        UNION ALL SELECT 'comment', NULL, NULL, obj_description('\"$1\"'::regclass, 'pg_class'), NULL
        UNION ALL SELECT attname, NULL, NULL, col_description(attrelid, attnum), NULL FROM pg_attribute
            WHERE attrelid = '\"$1\"'::regclass AND attnum > 0 AND attname <> 'code'
        ORDER BY 1, 2, 3, 4"
}

start() {
    case_begin "$1"
    schema pin
    expect 0 bellows migrate dev --name init --url "$url"
}

rename_behind_a_view() {
    schema code
    expect 0 bellows migrate dev --name code --create-only --rename Secret.pin=code --url "$url"
}

start "owner, grants, grant options, grantors, columns and comments"
psql_ "$url" > /dev/null << S
GRANT ALL ON SCHEMA public TO PUBLIC;
ALTER TABLE "Secret" OWNER TO ${as[own]};
SET ROLE ${as[own]};
GRANT SELECT ON "Secret" TO ${as[granter]} WITH GRANT OPTION;
GRANT UPDATE (pin), SELECT (id) ON "Secret" TO ${as[second]} WITH GRANT OPTION;
GRANT INSERT ON "Secret" TO PUBLIC;
SET ROLE ${as[granter]};
GRANT SELECT ON "Secret" TO ${as[reader]} WITH GRANT OPTION;
SET ROLE ${as[reader]};
GRANT SELECT ON "Secret" TO ${as[writer]};
SET ROLE ${as[second]};
GRANT UPDATE (pin) ON "Secret" TO ${as[writer]};
RESET ROLE;
REVOKE TRUNCATE ON "Secret" FROM ${as[own]};
COMMENT ON TABLE "Secret" IS 'it''s \$bellows\$';
COMMENT ON COLUMN "Secret".pin IS 'a "pin"';
S
rename_behind_a_view
# production has roles and rights that no plan knew
psql_ "$url" -c "GRANT DELETE ON \"Secret\" TO ${as[late]}; ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT ALL ON TABLES TO ${as[late]}" > /dev/null
before=$(rights Secret)
expect 0 bellows migrate deploy --url "$url"
after=$(rights Secret)
[ "$(psql_ "$url" -c "SELECT relkind FROM pg_class WHERE oid = '\"Secret\"'::regclass")" = v ] || fail "there is no view"
out=$(diff <(echo "$before") <(echo "$after")) || fail "the view's rights are others"
expect 0 bellows migrate deploy --contract --url "$url"
out=$(diff <(echo "${before//|pin|/|code|}" | grep -v '^pin') <(rights Secret | grep -v '^pin')) || fail "the table's rights changed"

start "nothing of default privileges"
psql_ "$url" -c "GRANT USAGE ON SCHEMA public TO PUBLIC; ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO ${as[reader]}" > /dev/null
rename_behind_a_view
expect 0 bellows migrate deploy --url "$url"
query_gives "SELECT has_table_privilege('${as[reader]}', '\"Secret\"', 'SELECT')" f

start "row security with grants on columns cannot stand behind a view"
psql_ "$url" -c "ALTER TABLE \"Secret\" ENABLE ROW LEVEL SECURITY; GRANT SELECT (id) ON \"Secret\" TO ${as[reader]}" > /dev/null
rename_behind_a_view
expect 1 bellows migrate deploy --url "$url"
says 'a view cannot stand for a table with these rights'
query_gives "SELECT relkind FROM pg_class WHERE oid = '\"Secret\"'::regclass" r
psql_ "$url" -c 'DROP SCHEMA public CASCADE; CREATE SCHEMA public' > /dev/null 2>&1

start "what is granted and revoked under the view's name is the table's afterwards"
psql_ "$url" > /dev/null << S
GRANT ALL ON SCHEMA public TO PUBLIC;
ALTER TABLE "Secret" OWNER TO ${as[own]};
SET ROLE ${as[own]};
GRANT SELECT, DELETE ON "Secret" TO ${as[reader]} WITH GRANT OPTION;
GRANT UPDATE (pin) ON "Secret" TO ${as[second]};
SET ROLE ${as[reader]};
GRANT SELECT ON "Secret" TO ${as[writer]};
S
rename_behind_a_view
expect 0 bellows migrate deploy --url "$url"
psql_ "$url" > /dev/null << S
SET ROLE ${as[own]};
REVOKE DELETE ON "Secret" FROM ${as[reader]};
REVOKE UPDATE (pin) ON "Secret" FROM ${as[second]};
GRANT INSERT ON "Secret" TO ${as[late]};
GRANT UPDATE (code) ON "Secret" TO ${as[late]};
REVOKE SELECT ON "Secret" FROM ${as[reader]} CASCADE;
GRANT SELECT ON "Secret" TO ${as[granter]} WITH GRANT OPTION;
RESET ROLE;
ALTER VIEW "Secret" OWNER TO ${as[second]};
S
before=$(rights Secret | grep -v '^pin')
expect 0 bellows migrate deploy --contract --url "$url"
out=$(diff <(echo "$before") <(rights Secret | grep -v '^pin')) || fail "the table's rights are others"
query_gives "SELECT attacl FROM pg_attribute WHERE attrelid = '\"Secret\"'::regclass AND attname = 'code'" "{${as[late]}=w/${as[second]}}"
psql_ "$url" -c 'DROP SCHEMA public CASCADE; CREATE SCHEMA public' > /dev/null 2>&1

# --- several plans behind one view ---

# model(NAME, FIELDS...) with the hints that say what was called otherwise.
model() {
    printf 'datasource db {\n  provider = "postgresql"\n  url      = env("DATABASE_URL")\n}\n\nmodel %s {\n  id Int @id\n' "$1" > prisma/schema.prisma
    printf '  %s\n' "${@:2}" >> prisma/schema.prisma
    echo '}' >> prisma/schema.prisma
}
dev() { expect 0 bellows migrate dev --name "$1" --url "$url" "${@:2}"; }
deploy() { expect 0 bellows migrate deploy --url "$live" "$@"; }
works() { # works PROGRAM ID SQL-NAMES...: a program reads, writes and upserts under the names it knows
    local table=$2 id=$3 columns=("${@:4}") list
    list=$(printf '"%s",' "${columns[@]}")
    out=$(psql_ "$live" -c "INSERT INTO \"$table\" (id, ${list%,}) VALUES ($id, 'a$id', 'b$id')" \
        -c "INSERT INTO \"$table\" (id, ${list%,}) VALUES ($id, '', '') ON CONFLICT (id) DO UPDATE SET \"${columns[0]}\" = excluded.\"${columns[0]}\" || 'a$id'" \
        -c "UPDATE \"$table\" SET \"${columns[1]}\" = upper(\"${columns[1]}\") WHERE id = $id" \
        -c "SELECT count(*) FROM \"$table\" WHERE \"${columns[0]}\" = 'a$id' AND \"${columns[1]}\" = 'B$id'" 2>&1)
    [ "$out" = 1 ] || fail "program $1 does not work"
}
fails() { out=$(psql_ "$live" -c "SELECT \"$2\" FROM \"$1\"" 2>&1) && fail "$1.$2 is still there"; }
checked() { # agrees, and is understood in memory
    expect 0 bellows check --url "$live"
    says_not 'shadow'
}
query_gives_live() { url=$live query_gives "$@"; }
begin_two() {
    case_begin "$1"
    live=$(database_url "${database}_live")
    psql_ "$BELLOWS_TEST_URL" -c "CREATE DATABASE ${database}_live" > /dev/null
    model T 'a String' 'b String'
    dev init
    deploy
    model T '/// @renamedFrom(a)' 'a2 String' 'b String'
    dev one
    model T 'a2 String' '/// @renamedFrom(b)' 'b2 String'
    dev two
}
end_two() {
    expect 0 bellows migrate status --url "$live"
    url=$live query_gives "SELECT string_agg(c.relname || c.relkind::text, ',') FROM pg_class AS c WHERE relkind IN ('r', 'v') AND relnamespace = 'public'::regnamespace AND relname <> '_prisma_migrations'" "$1"
    checked
    expect 0 bellows migrate diff --exit-code --from-migrations prisma/migrations --to-url "$live"
    drop_database "${database}_live"
}

for order in "one two" "two one"; do
    begin_two "two plans rename columns of one table and wait; contract runs for $order"
    deploy
    says '--contract one'
    says '--contract two'
    works old T 1 a b
    works middle T 2 a2 b
    works new T 3 a2 b2
  
    query_gives_live 'SELECT a, a2, b, b2 FROM "T" WHERE id = 1' 'a1|a1|B1|B1'
    checked
    psql_ "$live" -c 'CREATE VIEW report AS SELECT id, a2, b2 FROM "T"' -c 'CREATE VIEW on_it AS SELECT a2 FROM report'
    deploy --contract "${order% *}"
    works new T 4 a2 b2
    if [ "${order% *}" = one ]; then
        fails T a
        works middle T 5 a2 b
    else
        fails T b
        psql_ "$live" -c 'SELECT a FROM "T"' > /dev/null || fail "the other plan's name is gone"
    fi
    query_gives_live 'SELECT count(*) FROM on_it JOIN report USING (a2)' "$([ "${order% *}" = one ] && echo 5 || echo 4)"
    deploy --contract "${order#* }"
    works new T 6 a2 b2
    fails T a
    fails T b
    query_gives_live 'SELECT a2, b2 FROM report WHERE id = 3' 'a3|B3'
    query_gives_live "SELECT relkind FROM pg_class WHERE relname = 'T'" r
    psql_ "$live" -c 'DROP VIEW on_it' -c 'DROP VIEW report'
    end_two Tr
done

begin_two "the same scripts run by psql, contracts the other way round"
for script in prisma/migrations/*_one_*expand prisma/migrations/*_two_*expand; do psql_ "$live" -1 -f "$script/migration.sql" > /dev/null; done
works old T 1 a b
works new T 2 a2 b2
for script in prisma/migrations/*_two_*contract prisma/migrations/*_one_*contract; do psql_ "$live" -1 -f "$script/migration.sql" > /dev/null; done
works new T 3 a2 b2
for script in prisma/migrations/*_one_* prisma/migrations/*_two_*; do expect 0 bellows migrate resolve --applied "$(basename "$script")" --url "$live"; done
end_two Tr

case_begin "a table is renamed, and a column of it, while a column waits under the old name"
live=$(database_url "${database}_live")
psql_ "$BELLOWS_TEST_URL" -c "CREATE DATABASE ${database}_live" > /dev/null
model T 'a String' 'b String'
dev init
deploy
model T '/// @renamedFrom(a)' 'a2 String' 'b String'
dev one
sed -i 's/^model T/\/\/\/ @renamedFrom(T)\nmodel U/; /renamedFrom(a)/d' prisma/schema.prisma
dev two
model U 'a2 String' '/// @renamedFrom(b)' 'b2 String'
dev three
deploy
works oldest T 1 a b
works second T 2 a2 b
works third U 3 a2 b
works newest U 4 a2 b2
checked
# who knows the table by its old name may still know the column by its own
expect 3 bellows migrate deploy --contract two --url "$live"
says '`T'
says 'one'
deploy --contract three
checked
fails U b
works second T 5 a2 b
deploy --contract one
checked
fails T a
works second T 6 a2 b
deploy --contract two
works newest U 7 a2 b2
end_two Ur

case_begin "names passed on: a chain waits, a name that somebody still knows does not"
live=$(database_url "${database}_live")
psql_ "$BELLOWS_TEST_URL" -c "CREATE DATABASE ${database}_live" > /dev/null
model T 'a String' 'b String'
dev init
deploy
model T '/// @renamedFrom(a)' 'a2 String' 'b String'
dev one
model T '/// @renamedFrom(a2)' 'a3 String' 'b String'
dev two
deploy
works old T 1 a b
works middle T 2 a2 b
works new T 3 a3 b
checked
model T 'a3 String' '/// @renamedFrom(b)' 'a String'
dev three
expect 3 bellows migrate deploy --url "$live"
says E0506
says '`T.a`'
says '--contract one'
deploy --contract two --contract one
deploy
works new T 4 a3 a
deploy --contract three
model T 'a3 String' 'a String' 'c Int?'
dev four
model T 'a3 String' '/// @renamedFrom(a)' 'z String' 'c Int?'
dev five
deploy
model T 'a3 String' 'z String' 'c Int?' 'd Int?'
dev six
expect 3 bellows migrate deploy --url "$live"
says E0506
says '--contract five'
deploy --contract five
end_two Tr

begin_two "undo of each, while both wait"
psql_ "$live" -c "INSERT INTO \"T\" VALUES (1, 'a1', 'b1')"
deploy
for plan in two one; do
    undo=$(find prisma/migrations -path "*_${plan}_*" -name undo.sql)
    psql_ "$live" -1 -f "$undo" > /dev/null || fail "the undo of $plan"
done
url=$live query_gives 'SELECT id, a, b FROM "T"' '1|a1|b1'
url=$live query_gives "SELECT relkind FROM pg_class WHERE relname = 'T'" r
for script in prisma/migrations/*_one_*expand prisma/migrations/*_two_*expand; do psql_ "$live" -1 -f "$script/migration.sql" > /dev/null; done
psql_ "$live" -1 -f "$(find prisma/migrations -path "*_one_*" -name undo.sql)" > /dev/null || fail "the undo of the first alone"
works both T 2 a b
works new T 3 a b2
fails T a2
drop_database "${database}_live"

finish
