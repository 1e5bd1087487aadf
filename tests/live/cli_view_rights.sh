#!/usr/bin/env bash
# cli_view_rights.sh BELLOWS - a compatibility view has exactly the rights of its table, as the database has them when the script runs.
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

finish
