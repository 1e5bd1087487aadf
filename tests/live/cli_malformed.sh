#!/usr/bin/env bash
# What somebody else wrote into the tables of the history: every command says so with a code, or goes on; none crashes, none runs a
# script twice.
# shellcheck source=tests/harness/cli.bash
source "$(dirname "$0")/../harness/cli.bash"

history_columns='id text, checksum text, finished_at timestamptz, migration_name text, logs text, rolled_back_at timestamptz, started_at timestamptz, applied_steps_count int'

project() {
    user_schema '  name String'
    mkdir -p prisma/migrations/20250101000000_init
    printf 'provider = "postgresql"\n' > prisma/migrations/migration_lock.toml
    printf 'CREATE TABLE "T" ("id" INTEGER PRIMARY KEY);\n' > prisma/migrations/20250101000000_init/migration.sql
    export DATABASE_URL=$url
}

sql() { psql_ "$url" -c "$1" > /dev/null 2>&1 || fail "psql: $1"; }

# All commands that read the history: none may end by a signal or a sanitizer, each failure has a code.
every_command() {
    local words
    for words in "migrate status" check "migrate deploy" "migrate resolve --applied 20250101000000_init" \
        "migrate resolve --rolled-back 20250101000000_init" "migrate diff --from-url $url --to-empty --script"; do
        # shellcheck disable=SC2086
        out=$(timeout 60 "$bellows" $words < /dev/null 2>&1)
        code=$?
        case $code in 124 | 13[0-9]) fail "$1: exit code $code: $words" ;; esac
        case $out in *AddressSanitizer* | *"runtime error:"* | *LeakSanitizer*) fail "$1: a sanitizer spoke: $words" ;; esac
        case $code:$out in 0:* | 2:* | *'error['* | *'not been applied'* | *'failed'* | *'never finished'*) ;; *) fail "$1: exit code $code without a word: $words" ;; esac
    done
}

case_begin "a history with a null in any column"
project
sql "CREATE TABLE _prisma_migrations ($history_columns)"
for column in id checksum migration_name started_at applied_steps_count; do
    sql "TRUNCATE _prisma_migrations"
    sql "INSERT INTO _prisma_migrations VALUES ('1', 'x', now(), '20250101000000_init', NULL, NULL, now(), 1)"
    sql "UPDATE _prisma_migrations SET $column = NULL"
    expect 4 bellows migrate deploy
    says "E0533"
    says "column \`$column\` is null in row 1"
    [ "$column" = started_at ] || every_command "$column"
done
query_gives "SELECT to_regclass('\"T\"') IS NULL" t

case_begin "a history of another shape"
project
for shape in "id int" "id int, migration_name int, checksum int, started_at int, finished_at int, rolled_back_at int, logs int, applied_steps_count text" \
    "${history_columns/logs text/logs jsonb, more text}" "${history_columns/started_at timestamptz/started_at text}" \
    "${history_columns/applied_steps_count int/applied_steps_count text}"; do
    sql "CREATE TABLE _prisma_migrations ($shape)"
    psql_ "$url" -c "INSERT INTO _prisma_migrations (id) VALUES ('1')" > /dev/null 2>&1
    every_command "$shape"
    sql "DROP TABLE _prisma_migrations"
done
sql "CREATE TABLE _prisma_migrations (id int)"
expect 4 bellows migrate deploy
says "E0533"
sql "DROP TABLE _prisma_migrations"
sql "CREATE VIEW _prisma_migrations AS SELECT 1 AS id"
every_command view
sql "DROP VIEW _prisma_migrations"
sql "CREATE SEQUENCE _prisma_migrations"
every_command sequence

case_begin "a column of a type that does not fit, in either table"
project
progress_columns='migration_name text, checksum text, history_id text, parts_done int, position text[], rows_done bigint, updated_at timestamptz'
refuses() { # TABLE COLUMN TYPE: whatever the column is, nothing is begun
    for words in "migrate deploy" "migrate status" check "migrate resolve --no-verify --applied 20250101000000_init" "migrate dev --skip-generate"; do
        # shellcheck disable=SC2086
        expect 4 bellows $words
        says E0533
        says "$1"
        says "column \"$2\" is of the type $3"
    done
    query_gives "SELECT to_regclass('\"T\"') IS NULL" t
}
every_type() { # TABLE COLUMNS: each column is of each type in turn
    local columns entry column
    IFS=, read -ra columns <<< "$2"
    for entry in "${columns[@]}"; do
        read -r column _ <<< "$entry"
        for type in json bytea boolean point 'integer[]' regclass; do
            [ "$type" = regclass ] && [[ $column = @(parts_done|rows_done|applied_steps_count) ]] && continue # a number
            sql "CREATE TABLE $1 ($2); ALTER TABLE $1 DROP COLUMN $column; ALTER TABLE $1 ADD COLUMN $column $type"
            if [ "$type" = json ]; then refuses "$1" "$column" "$type"; else
                expect 4 bellows migrate deploy
                says "column \"$column\" is of the type $type"
            fi
            sql "DROP TABLE $1"
        done
    done
}
every_type _prisma_migrations "$history_columns"
sql "CREATE TABLE _prisma_migrations ($history_columns)"
every_type _bellows_progress "$progress_columns"
sql "DROP TABLE _prisma_migrations"
sql "CREATE DOMAIN word AS varchar CHECK (VALUE <> '')"
for columns in "${history_columns/id text/id uuid}" "${history_columns/checksum text/checksum word}" "${history_columns/_count int/_count bigint}" "${history_columns//timestamptz/timestamp}"; do
    sql "CREATE TABLE _prisma_migrations ($columns)"
    expect 0 bellows migrate deploy
    sql 'DROP TABLE _prisma_migrations, "T"'
done
sql "CREATE TABLE _prisma_migrations (${history_columns/checksum text/checksum varchar(10)})"
for text in 'CREATE TABLE done (a int);' 'VACUUM;'; do
    echo "$text" > prisma/migrations/20250101000000_init/migration.sql
    expect 4 bellows migrate deploy
    says 'E0533'
    says 'value too long for type character varying(10)'
    query_gives "SELECT to_regclass('done') IS NULL" t
done

case_begin "a history that swallows rows"
project
sql "CREATE TABLE _prisma_migrations ($history_columns)"
sql "CREATE FUNCTION swallow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'"
swallowed() {
    local text
    for text in 'CREATE TABLE done (a int);' 'CREATE INDEX CONCURRENTLY done ON other (a);' 'SAVEPOINT a;'; do
        echo "$text" > prisma/migrations/20250101000000_init/migration.sql
        expect 4 bellows migrate deploy
        says "E0552"
        query_gives "SELECT to_regclass('done') IS NULL" t
    done
    expect 4 bellows migrate resolve --no-verify --applied 20250101000000_init
    says "E0552"
    query_gives "SELECT count(*) FROM _prisma_migrations" 0
}
sql "CREATE TABLE other (a int)"
sql "CREATE TRIGGER swallow BEFORE INSERT ON _prisma_migrations FOR EACH ROW EXECUTE FUNCTION swallow()"
swallowed
sql "DROP TRIGGER swallow ON _prisma_migrations; CREATE RULE swallow AS ON INSERT TO _prisma_migrations DO INSTEAD NOTHING"
swallowed
sql "DROP RULE swallow ON _prisma_migrations"
sql "ALTER TABLE _prisma_migrations ALTER applied_steps_count SET DEFAULT 0"
sql "CREATE FUNCTION forget() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.finished_at = NULL; RETURN NEW; END'"
for change in "migration_name = 'another'" "checksum = 'x'" "rolled_back_at = pg_catalog.now()" "id = 'x'" "finished_at = pg_catalog.now()"; do
    sql "CREATE OR REPLACE FUNCTION other() RETURNS trigger LANGUAGE plpgsql AS \$\$BEGIN NEW.$change; RETURN NEW; END\$\$"
    sql "CREATE TRIGGER hostile BEFORE INSERT OR UPDATE ON _prisma_migrations FOR EACH ROW EXECUTE FUNCTION other()"
    for text in 'CREATE TABLE t (a int);' 'CREATE INDEX CONCURRENTLY i ON other (a);'; do
        [[ $change != finished* || $text != 'CREATE TABLE'* ]] || continue # it is finished then
        echo "$text" > prisma/migrations/20250101000000_init/migration.sql
        expect 4 bellows migrate deploy
        says "E0552"
        query_gives "SELECT to_regclass('t') IS NULL AND to_regclass('i') IS NULL" t
        sql "TRUNCATE _prisma_migrations"
    done
    sql "DROP TRIGGER hostile ON _prisma_migrations"
done
sql "INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, applied_steps_count) VALUES ('1', 'x', '20250101000000_init', now(), 0)"
sql "CREATE TRIGGER hostile BEFORE UPDATE ON _prisma_migrations FOR EACH ROW EXECUTE FUNCTION swallow()"
expect 4 bellows migrate resolve --rolled-back 20250101000000_init
says "E0552"
sql "DROP TRIGGER hostile ON _prisma_migrations; TRUNCATE _prisma_migrations"
sql "CREATE FUNCTION remove() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN DELETE FROM public._prisma_migrations; RETURN NULL; END'"
for trigger in 'BEFORE INSERT OR UPDATE ON _prisma_migrations FOR EACH ROW EXECUTE FUNCTION forget()' \
    'BEFORE UPDATE ON _prisma_migrations FOR EACH ROW EXECUTE FUNCTION swallow()' \
    'AFTER INSERT ON _prisma_migrations FOR EACH STATEMENT EXECUTE FUNCTION remove()'; do
    sql "CREATE TRIGGER hostile $trigger"
    for text in 'CREATE TABLE t (a int);' 'CREATE INDEX CONCURRENTLY i ON other (a);' 'BEGIN ISOLATION LEVEL SERIALIZABLE; CREATE TABLE t (a int); COMMIT;'; do
        [[ $trigger != 'BEFORE UPDATE'* || $text != 'CREATE TABLE'* ]] || continue # written by one INSERT
        echo "$text" > prisma/migrations/20250101000000_init/migration.sql
        expect 4 bellows migrate deploy
        says "E0552"
        sql "DROP TRIGGER hostile ON _prisma_migrations; TRUNCATE _prisma_migrations; DROP TABLE IF EXISTS t, _bellows_progress; DROP INDEX IF EXISTS i; CREATE TRIGGER hostile $trigger"
    done
    sql "DROP TRIGGER hostile ON _prisma_migrations"
done
sql "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION \$\$no\$\$; END'"
sql "CREATE TRIGGER refuse BEFORE UPDATE ON _prisma_migrations FOR EACH ROW EXECUTE FUNCTION refuse()"
echo 'CREATE INDEX CONCURRENTLY i ON other (a);' > prisma/migrations/20250101000000_init/migration.sql
expect 1 bellows migrate deploy
says '1 of its 1 parts are done and stay, the last without a record'
query_gives "SELECT indisvalid FROM pg_index WHERE indexrelid = 'i'::regclass" t
sql "DROP TRIGGER refuse ON _prisma_migrations"
expect 0 bellows migrate deploy
query_gives "SELECT count(*), to_regclass('_bellows_progress') FROM _prisma_migrations WHERE finished_at IS NOT NULL" '1|'
sql "TRUNCATE _prisma_migrations"
echo 'CREATE TABLE done (a int);' > prisma/migrations/20250101000000_init/migration.sql
expect 0 bellows migrate deploy
query_gives "SELECT count(*) FROM _prisma_migrations WHERE finished_at IS NOT NULL" 1

case_begin "a history whose rows are hidden from the role"
project
expect 0 bellows migrate deploy
role=cli_hidden_$$
sql "CREATE ROLE $role LOGIN; ALTER TABLE _prisma_migrations OWNER TO $role; ALTER TABLE \"T\" OWNER TO $role; GRANT CREATE ON SCHEMA public TO $role"
sql "ALTER TABLE _prisma_migrations ENABLE ROW LEVEL SECURITY"
as_role() { expect "$1" env DATABASE_URL="${url/postgres@/$role@}" "$bellows" "${@:2}"; }
as_role 0 migrate status
sql "ALTER TABLE _prisma_migrations FORCE ROW LEVEL SECURITY"
as_role 4 migrate status
says 'row security hides rows of it from this role'
as_role 4 migrate deploy
as_role 4 check
every_command "hidden rows"
sql "ALTER TABLE _prisma_migrations NO FORCE ROW LEVEL SECURITY"
sql "INSERT INTO \"T\" VALUES (1), (2); ALTER TABLE \"T\" ADD n int, ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY; CREATE POLICY p ON \"T\" USING (id < 2)"
mkdir prisma/migrations/20250102000000_fill
printf -- '-- bellows: backfill table="T" key="id"\nUPDATE "T" SET n = 1 WHERE n IS NULL;\n' > prisma/migrations/20250102000000_fill/migration.sql
as_role 0 migrate deploy
says 'row security hides rows of "T" from this role'
rm -r prisma/migrations/20250102000000_fill
sql "REASSIGN OWNED BY $role TO CURRENT_USER; DROP OWNED BY $role; DROP ROLE $role"

case_begin "garbage in a history of the right shape"
project
sql "CREATE TABLE _prisma_migrations (${history_columns//timestamptz/text})"
sql "INSERT INTO _prisma_migrations VALUES ('', '', 'soon', '', '', NULL, 'yesterday', -7), ('1', 'x', NULL, '20250101000000_init', repeat('x', 5000000), NULL, '', 0),
    ('1', 'x', NULL, '20250101000000_init', NULL, NULL, '', 2147483647), ('2', 'x', '', repeat('n', 100000), NULL, NULL, '', 1)"
every_command garbage
[ "${#out}" -lt 400000 ] || fail "prints ${#out} bytes"

case_begin "logs of any length are told in part"
project
expect 0 bellows migrate deploy
sql "UPDATE _prisma_migrations SET finished_at = NULL, logs = repeat('long ', 2000000)"
expect 1 bellows migrate deploy
says "P3009"
[ "${#out}" -lt 60000 ] || fail "prints ${#out} bytes"
{ head -c 300000 /dev/zero | tr '\0' ' '; printf 'SELECT 1/0 AS wrong, '; head -c 300000 /dev/zero | tr '\0' '1'; echo ';'; } > long.sql
mkdir prisma/migrations/20250102000000_long
mv long.sql prisma/migrations/20250102000000_long/migration.sql
sql "TRUNCATE _prisma_migrations; DROP TABLE \"T\""
expect 1 bellows migrate deploy
query_gives "SELECT length(logs) < 3000, logs LIKE '%1/0 AS wrong%' FROM _prisma_migrations WHERE migration_name LIKE '%long'" 't|t'

case_begin "garbage in the stored position runs nothing"
project
mkdir prisma/migrations/20250102000000_twice
printf -- 'CREATE TABLE once (a int);\n-- bellows: backfill table="T" key="id" batch=10\nUPDATE "T" SET "id" = "id" + 1;\n' > prisma/migrations/20250102000000_twice/migration.sql
sum=$(sha256sum < prisma/migrations/20250102000000_twice/migration.sql | cut -d' ' -f1)
expect 0 bellows migrate deploy
progress='migration_name text, checksum text, history_id text, parts_done int, position text[], rows_done bigint, updated_at timestamptz'
for row in "'20250102000000_twice', NULL, 'h', 1, NULL, 0, now()" "'20250102000000_twice', '$sum', NULL, 1, NULL, 0, now()" \
    "'20250102000000_twice', '$sum', 'h', NULL, NULL, 0, now()" "'20250102000000_twice', '$sum', 'h', -1, NULL, 0, now()" \
    "'20250102000000_twice', '$sum', 'h', 7, NULL, 0, now()" "'20250102000000_twice', '$sum', 'h', 1, '{a,b}', 0, now()" \
    "'20250102000000_twice', '$sum', 'h', 1, '{NULL}', 0, now()" "'20250102000000_twice', '$sum', 'h', 0, '{a}', 0, now()"; do
    sql "DROP TABLE IF EXISTS _bellows_progress"
    sql "CREATE TABLE _bellows_progress ($progress)"
    sql "INSERT INTO _bellows_progress VALUES ($row)"
    sql "UPDATE _prisma_migrations SET finished_at = NULL, id = 'h' WHERE migration_name LIKE '%twice'"
    expect 4 bellows migrate deploy
    says "E0534"
    sql "UPDATE _prisma_migrations SET finished_at = NULL, rolled_back_at = NULL"
    sql "DELETE FROM _prisma_migrations WHERE migration_name LIKE '%twice' AND id <> 'h'"
    sql "UPDATE _prisma_migrations SET finished_at = now() WHERE migration_name LIKE '%init'"
done
sql "INSERT INTO _bellows_progress SELECT * FROM _bellows_progress"
every_command doubled
sql "DROP TABLE _bellows_progress"
sql "CREATE TABLE _bellows_progress (migration_name int)"
every_command "another shape"

case_begin "a database of any bytes: what is no UTF-8 is said to be that"
expect 0 psql_ "$BELLOWS_TEST_URL" -c "CREATE DATABASE ${database}_bytes ENCODING 'SQL_ASCII' TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'"
bytes=$(database_url "${database}_bytes")
project
expect 0 bellows migrate deploy --url "$bytes"
expect 0 psql_ "$bytes" -c "ALTER TABLE \"T\" ADD COLUMN x text DEFAULT E'\\xff'"
for command in check 'db pull --print' 'migrate dev'; do
    # shellcheck disable=SC2086
    expect 1 bellows $command --url "$bytes"
    says E0408
    says 'PGCLIENTENCODING=SQL_ASCII'
done
drop_database "${database}_bytes"

finish
