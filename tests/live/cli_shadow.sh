#!/usr/bin/env bash
# Shadow databases that can be used twice: what a replay made goes, what somebody prepared stays, also after a kill.
# shellcheck disable=SC2154,SC2034  # $url is cli.bash's, which reads $out
# shellcheck source=tests/harness/cli.bash
source "$(dirname "$0")/../harness/cli.bash"

a_schema() { printf 'datasource db {\n  provider = "postgresql"\n%s}\n\n%s\n' "${1:-}" "${2:-}" | schema; }
script() { mkdir -p "prisma/migrations/$1" && cat > "prisma/migrations/$1/migration.sql"; }
replay() { expect "$1" bellows migrate diff --from-migrations prisma/migrations --to-schema prisma/schema.prisma --exit-code --replay=shadow --shadow-database-url "$url" "${@:2}"; }
# Everything a dump tells of the database, and who may do what in its schemas.
state() { psql_ "$url" -f "$shape" -c "SELECT nspname, coalesce(nspacl, acldefault('n', nspowner)), nspowner::regrole FROM pg_namespace ORDER BY 1" -c 'SELECT * FROM pg_default_acl' -c 'SELECT evtname FROM pg_event_trigger' -c 'SELECT pubname FROM pg_publication' \
    -c 'SELECT conname, conrelid::regclass FROM pg_constraint WHERE oid >= 16384 ORDER BY 1, 2::text' -c 'SELECT proname FROM pg_proc WHERE oid >= 16384 ORDER BY 1'; }
shape=$(realpath "$(dirname "${BASH_SOURCE[0]}")/../harness/shape.sql")
same() { out=$(diff before <(state)) || fail "the shadow database is not as it was"; }

everything() { # of each kind one, and what is done to what is there
    cat << 'END'
CREATE SCHEMA aside;
CREATE TABLE aside.t (id int PRIMARY KEY, n serial);
CREATE TYPE aside.e AS ENUM ('a');
CREATE EXTENSION IF NOT EXISTS citext;
CREATE TABLE here (id int PRIMARY KEY, e aside.e, u uuid);
CREATE UNIQUE INDEX here_i ON here (e);
CREATE VIEW v AS SELECT id FROM here;
CREATE MATERIALIZED VIEW mv AS SELECT id FROM here;
CREATE SEQUENCE s;
CREATE DOMAIN d AS int CHECK (VALUE > 0);
CREATE TYPE pair AS (a int, b int);
CREATE TYPE span AS RANGE (subtype = int);
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE PROCEDURE p() LANGUAGE sql AS 'SELECT 1';
CREATE AGGREGATE total(int) (SFUNC = int4pl, STYPE = int);
CREATE OPERATOR === (LEFTARG = int, RIGHTARG = int, FUNCTION = int4eq);
CREATE COLLATION c (LOCALE = 'C');
CREATE STATISTICS st ON id, e FROM here;
CREATE TABLE whole (id int REFERENCES here (id), day int) PARTITION BY RANGE (day);
CREATE TABLE part PARTITION OF whole FOR VALUES FROM (1) TO (2);
CREATE INDEX on_whole ON whole (id);
COMMENT ON SCHEMA public IS 'as a replay says';
CREATE TEXT SEARCH CONFIGURATION ts (COPY = simple);
CREATE PUBLICATION pub FOR TABLE here;
CREATE FUNCTION ev() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN END $$;
CREATE EVENT TRIGGER et ON ddl_command_end EXECUTE FUNCTION ev();
CREATE CAST (pair AS text) WITH INOUT;
CREATE TRIGGER tr BEFORE INSERT ON prepared.users FOR EACH ROW EXECUTE FUNCTION f();
CREATE INDEX on_prepared ON prepared.users (email);
ALTER TABLE prepared.users ADD CONSTRAINT positive CHECK (email <> '');
CREATE RULE r AS ON DELETE TO here DO INSTEAD NOTHING;
ALTER TABLE here ENABLE ROW LEVEL SECURITY;
CREATE POLICY pol ON here TO shadow_app USING (true);
ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO shadow_app;
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO shadow_app;
GRANT USAGE ON SCHEMA prepared TO shadow_app;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
END
}

case_begin 'all that a replay made is removed, of whatever kind; what was prepared stays'
psql_ "$url" -c "CREATE SCHEMA prepared; CREATE TABLE prepared.users (id uuid PRIMARY KEY, email text); INSERT INTO prepared.users VALUES (gen_random_uuid(), 'x'); CREATE FUNCTION helper() RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE EXTENSION pgcrypto"
state > before
a_schema
everything | script 1_all
for _ in 1 2; do
    replay 2
    says 'here'
    same
    query_gives "SELECT count(*) FROM pg_roles WHERE rolname = 'shadow_app'" 0
done
query_gives 'SELECT count(*), helper() FROM prepared.users' '1|1'
printf 'DROP TABLE missing;\n' | script 2_fails
replay 1
says 'P3006'
same

case_begin 'a run that was killed is cleared away by the next'
a_schema
printf 'CREATE SCHEMA aside;\nCREATE TABLE aside.t (id int);\nCREATE TABLE t (id int PRIMARY KEY);\nALTER TABLE t OWNER TO shadow_gone;\nSELECT pg_sleep(1000);\n' | script 1_a
state > before
"$bellows" migrate diff --from-migrations prisma/migrations --to-schema prisma/schema.prisma --replay=shadow --shadow-database-url "$url" > /dev/null 2>&1 &
run=$!
until [ "$(psql_ "$url" -c "SELECT count(*) FROM pg_stat_activity WHERE datname = '$database' AND query LIKE '%pg_sleep%' AND pid <> pg_backend_pid()")" -ge 1 ]; do sleep 0.1; done
kill -9 "$run"
psql_ "$url" -c "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '$database' AND pid <> pg_backend_pid()" > /dev/null
query_gives "SELECT to_regclass('public._bellows_shadow') IS NOT NULL" t
sed -i '/pg_sleep/d' prisma/migrations/1_a/migration.sql
for _ in 1 2; do replay 2; same; done
query_gives "SELECT count(*) FROM pg_roles WHERE rolname = 'shadow_gone'" 0
# Somebody has used it since: their table is not ours to remove.
psql_ "$url" -c "CREATE TABLE _bellows_shadow (before jsonb); INSERT INTO _bellows_shadow VALUES ('[]'); CREATE TABLE somebodys (id int)"
replay 3
says somebodys
query_gives "SELECT to_regclass('somebodys') IS NOT NULL" t

case_begin 'a temporary shadow that a killed run left is dropped by the next, no other'
a_schema
printf 'CREATE TABLE t (id int PRIMARY KEY);\n' | script 1_a
left() { # NAME [OWNER]: marked as a run marks it
    psql_ "$BELLOWS_TEST_URL" -c "CREATE DATABASE bellows_shadow_$1 ${2:+OWNER $2}" -c "COMMENT ON DATABASE bellows_shadow_$1 IS 'a temporary shadow database of bellows'"
}
shadows() { psql_ "$BELLOWS_TEST_URL" -c "SELECT string_agg(substr(datname, 16), ' ' ORDER BY datname) FROM pg_database WHERE datname LIKE 'bellows\\_shadow\\_%'"; }
psql_ "$BELLOWS_TEST_URL" -c 'CREATE ROLE shadow_other' -c 'CREATE ROLE shadow_poor LOGIN' -c 'CREATE DATABASE bellows_shadow_5f00000012345670'
left 5f00000012345678
psql_ "$BELLOWS_TEST_URL" -c "CREATE DATABASE bellows_shadow_5f00000012345671 CONNECTION LIMIT $((1000 + 0x5671))" # killed before its comment
left 5f00000012345679 shadow_other
left 5f0000001234567a
left 5f000000123456789
left ff00000012345678
connected=$(database_url bellows_shadow_5f0000001234567a)
coproc THERE { psql "$connected" -qAtX; }
echo 'SELECT 1;' >&"${THERE[1]}"
read -r <&"${THERE[0]}"
kept='5f00000012345670 5f000000123456789 5f00000012345679 5f0000001234567a ff00000012345678'
expect 2 bellows check --replay=shadow --url "$(sed "s#//[^@]*@#//shadow_poor@#" <<< "$url")"
[ "$(shadows)" = "5f00000012345670 5f00000012345671 5f00000012345678 ${kept#* }" ] || fail "who owns none drops one: $(shadows)"
"$bellows" check --replay=shadow --url "$url" > other.log 2>&1 & # two at once
expect 2 bellows check --replay=shadow --url "$url"
wait $!
code=$? out=$(cat other.log)
[ "$code" -eq 2 ] || fail "the other one of two: exit code $code"
[ "$(shadows)" = "$kept" ] || fail "others are dropped, or the old one is not: $(shadows)"
kill "$THERE_PID"
for name in $kept; do drop_database bellows_shadow_$name; done
psql_ "$BELLOWS_TEST_URL" -c 'DROP ROLE shadow_other' -c 'DROP ROLE shadow_poor'

case_begin 'a subscription does not keep its shadow'
a_schema
printf "CREATE TABLE t (id int PRIMARY KEY);\nCREATE SUBSCRIPTION held CONNECTION 'dbname=none' PUBLICATION p WITH (connect = false);\n" | script 1_a
expect 2 bellows check --replay=shadow --url "$url"
says_not 'could not be dropped'
[ -z "$(shadows)" ] || fail "a shadow is left: $(shadows)"

case_begin 'what another tool left goes, names folded; what no migration makes is refused'
a_schema
printf 'CREATE TABLE Upper_T (id int PRIMARY KEY);\nCREATE TABLE "Quoted" (id int PRIMARY KEY);\n' | script 1_a
psql_ "$url" -c 'CREATE TABLE Upper_T (id int PRIMARY KEY); CREATE TABLE "Quoted" (x text); CREATE EXTENSION citext'
replay 2
says upper_t
query_gives "SELECT count(*) FROM pg_extension WHERE extname = 'citext'" 1
query_gives "SELECT to_regclass('upper_t') IS NULL" t
psql_ "$url" -c 'CREATE TABLE per (id int)'
replay 3
says '`per`'
psql_ "$url" -c 'DROP TABLE per; CREATE SCHEMA elsewhere; CREATE TABLE elsewhere.per (id int)'
replay 2
query_gives "SELECT to_regclass('elsewhere.per') IS NOT NULL" t

case_begin 'a database that is deployed to is no shadow, and the main one in another schema neither'
a_schema
printf 'CREATE TABLE t (id int PRIMARY KEY);\n' | script 1_a
expect 0 bellows migrate deploy --url "$url"
replay 3
says '_prisma_migrations'
expect 1 bellows check --url "$url" --replay=shadow --shadow-database-url "$url&schema=shadow"
says E0508
query_gives "SELECT to_regclass('t') IS NOT NULL" t

case_begin 'roles that stood before are not dropped, made or changed; scripts say the same to all commands'
a_schema '' 'model t {
  id Int @id
}'
psql_ "$url" -c "DROP ROLE IF EXISTS shadow_stood; CREATE ROLE shadow_stood NOLOGIN"
{
    printf 'CREATE ROLE shadow_stood LOGIN;\nCREATE ROLE shadow_new;\nALTER ROLE shadow_stood SUPERUSER;\nGRANT shadow_new TO shadow_stood;\n'
    printf 'CREATE TABLE t (id int NOT NULL, CONSTRAINT t_pkey PRIMARY KEY (id));\nALTER TABLE t OWNER TO shadow_stood;\nGRANT SELECT ON t TO shadow_new;\nDROP ROLE IF EXISTS shadow_other;\n'
    printf 'ALTER DATABASE %s SET work_mem = %s;\n' "$database" "'1MB'"
} | script 1_a
shadow=$(database_url "${database}_shadow")
psql_ "$BELLOWS_TEST_URL" -c "CREATE DATABASE ${database}_shadow" > /dev/null
for words in 'migrate diff --from-migrations prisma/migrations --to-schema prisma/schema.prisma --exit-code' plan check; do
    for options in '' "--shadow-database-url $shadow" "--shadow-database-url $shadow"; do
        # shellcheck disable=SC2086
        expect 0 bellows $words $options
    done
done
query_gives "SELECT count(*) FROM pg_roles WHERE rolname = 'shadow_new'" 0
query_gives "SELECT rolcanlogin OR rolsuper FROM pg_roles WHERE rolname = 'shadow_stood'" f
query_gives "SELECT count(*) FROM pg_db_role_setting" 0
psql_ "$url" -c 'DROP ROLE shadow_stood'
drop_database "${database}_shadow"

case_begin 'one default schema for replay and comparison, and a listed schema that a script makes'
a_schema '' 'model t {
  id Int @id
}'
printf 'CREATE TABLE "t" ("id" INTEGER NOT NULL, CONSTRAINT "t_pkey" PRIMARY KEY ("id"));\n' | script 1_a
replay 0
expect 0 bellows migrate diff --from-migrations prisma/migrations --to-schema prisma/schema.prisma --exit-code --shadow-database-url "$url&schema=api"
expect 0 bellows plan --shadow-database-url "$url&schema=api"
expect 0 bellows check --shadow-database-url "$url&schema=api"
psql_ "$url" -c 'CREATE SCHEMA api'
expect 0 bellows migrate deploy --url "$url&schema=api"
expect 0 bellows migrate diff --from-migrations prisma/migrations --to-url "$url&schema=api" --exit-code
expect 0 bellows check --url "$url&schema=api"
case_begin 'a listed schema that a script makes'
a_schema $'  schemas = ["public", "other"]\n' 'model t {
  id Int @id

  @@schema("other")
}'
printf 'CREATE SCHEMA other;\nCREATE TABLE other.t (id int NOT NULL, CONSTRAINT t_pkey PRIMARY KEY (id));\n' | script 1_a
for _ in 1 2; do replay 0; done
psql_ "$url" -c 'CREATE SCHEMA other; CREATE TABLE other.t (id int)'
replay 0

case_begin 'one replay at a time on a given database, whatever its scripts let go of'
a_schema '' 'model A {
  id Int @id
}'
script 20250101000000_a <<< 'CREATE TABLE "A" (id int NOT NULL, CONSTRAINT "A_pkey" PRIMARY KEY (id));'
script 20250101000001_b <<< 'DISCARD ALL;'
pids=()
for i in 1 2 3; do
    "$bellows" migrate diff --from-migrations prisma/migrations --to-schema prisma/schema.prisma --exit-code --replay=shadow --shadow-database-url "$url" > "out$i" 2>&1 &
    pids+=($!)
done
for i in 1 2 3; do
    wait "${pids[$((i - 1))]}" || { out=$(cat "out$i"); fail "exit code $?"; }
done
query_gives "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace" 0
script 20250101000002_c <<< 'SELECT pg_sleep(60);'
"$bellows" migrate diff --from-migrations prisma/migrations --to-schema prisma/schema.prisma --replay=shadow --shadow-database-url "$url" > first 2>&1 &
first=$!
until [ "$(psql_ "$url" -c "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'")" = 1 ]; do sleep 0.05; done
"$bellows" migrate deploy --url "$url" > second 2>&1 &
second=$!
wait "$second"
code=$? out=$(cat second)
[ "$code" -eq 75 ] || fail "a deploy to it exits $code"
kill -INT "$first"
wait "$first"
[ $? -eq 130 ] || fail "interrupted, it exits otherwise"
rm -r prisma/migrations/20250101000002_c
replay 0
query_gives "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace" 0

finish
