#!/usr/bin/env bash
# cli_planted.sh BELLOWS - nobody's function, operator or relation runs in place of the server's own.
#
# In the schema the role's search_path names first, and before pg_catalog at that, stand copies of all functions, operators and
# relations of pg_catalog, and overloads that fit our arguments better. Each moves a sequence when it is called, which no
# ROLLBACK takes back. Then every command runs. A migration makes temporary relations named like catalogs as well.
# shellcheck source=tests/harness/cli.bash
source "$(dirname "$0")/../harness/cli.bash"

trusted() { PGOPTIONS='-c search_path=pg_catalog' psql_ "$url" "$@"; }

# plant SCHEMA: copies and overloads there.
plant() {
    trusted -c 'CREATE SCHEMA IF NOT EXISTS traps' -c 'CREATE SEQUENCE IF NOT EXISTS traps.fired' -c "CREATE SCHEMA IF NOT EXISTS $1" > /dev/null 2>&1
    sed "s/public\./$1./g" << 'SQL' | trusted > /dev/null 2>&1
SET client_min_messages = error;
DO $plant$
DECLARE entry record; made int := 0;
BEGIN
    FOR entry IN
        SELECT format('CREATE FUNCTION public.%I(%s) RETURNS %s%s LANGUAGE plpgsql AS %L', p.proname, a.args,
                      CASE WHEN p.proretset THEN 'SETOF ' ELSE '' END, format_type(p.prorettype, NULL),
                      format('BEGIN PERFORM pg_catalog.nextval(''traps.fired''); '
                             'RAISE EXCEPTION ''planted function %% fired'', %L; END', p.proname)) AS command
        FROM pg_proc AS p
        CROSS JOIN LATERAL (
            SELECT coalesce(string_agg(format_type(t, NULL), ', '), '') AS args FROM unnest(p.proargtypes) AS t
        ) AS a
        WHERE p.pronamespace = 'pg_catalog'::regnamespace AND p.prokind = 'f'
        UNION ALL
        -- better fits: what an exact type wins over a wider one or VARIADIC "any"
        SELECT DISTINCT format('CREATE FUNCTION public.%I(%s) RETURNS text LANGUAGE plpgsql AS %L', p.proname, o.args,
                      'BEGIN PERFORM pg_catalog.nextval(''traps.fired''); RAISE EXCEPTION ''planted overload fired''; END')
        FROM pg_proc AS p
        CROSS JOIN unnest(ARRAY['text', 'name', 'int4', 'oid', 'regclass', '"char"', 'varchar', 'text, text', 'text, text, text',
            'name, name', 'text, name', 'text, regclass', 'oid, int4', 'oid, int2', 'text, text, text, text', 'oid, bool',
            'varchar, text', 'text, text, text, text, text, text', 'text, regclass, text', 'int4, int4']) AS o (args)
        WHERE p.pronamespace = 'pg_catalog'::regnamespace AND p.prokind = 'f'
            AND p.proname ~ '^(format|quote|lower|upper|pg_get|pg_try|pg_advisory|current_|set_config|to_reg|unnest|pg_relation|string|array_|acl|coalesce|concat|length|left|split|regexp|has_|chr|col_desc|obj_desc|pg_)'
    LOOP
        BEGIN
            EXECUTE entry.command;
            made := made + 1;
        EXCEPTION WHEN OTHERS THEN NULL;
        END;
    END LOOP;
    FOR entry IN
        SELECT DISTINCT o.oprname, o.l, o.r, o.result FROM (
            SELECT oprname::text, CASE WHEN oprleft = 0 THEN NULL ELSE format_type(oprleft, NULL) END AS l,
                format_type(oprright, NULL) AS r, format_type(oprresult, NULL) AS result
            FROM pg_operator WHERE oprnamespace = 'pg_catalog'::regnamespace AND oprright <> 0
            UNION ALL
            SELECT name, l, r, 'boolean' FROM unnest(ARRAY['=', '<>', '<', '>', '<=', '>=', '~~', '!~~', '~', '!~']) AS name,
                unnest(ARRAY['oid', 'name', 'integer', 'smallint', 'regclass', 'character varying', '"char"']) AS l,
                unnest(ARRAY['oid', 'name', 'integer', 'smallint', 'regclass', 'text', 'character varying', '"char"']) AS r
            UNION ALL
            SELECT '||', l, r, 'text' FROM unnest(ARRAY['name', 'text', 'regclass', 'character varying']) AS l,
                unnest(ARRAY['name', 'text', 'regclass', 'regprocedure', '"char"', 'bigint', 'character varying']) AS r) AS o
    LOOP
        BEGIN
            made := made + 1;
            EXECUTE format('CREATE FUNCTION public.%I(%s) RETURNS %s LANGUAGE plpgsql AS %L', 'planted_' || made,
                           concat_ws(', ', entry.l, entry.r), entry.result,
                           format('BEGIN PERFORM pg_catalog.nextval(''traps.fired''); '
                                  'RAISE EXCEPTION ''planted operator %% fired'', %L; END', entry.oprname));
            EXECUTE format('CREATE OPERATOR public.%s (%s RIGHTARG = %s, FUNCTION = public.%I)', entry.oprname,
                           'LEFTARG = ' || entry.l || ',', entry.r, 'planted_' || made);
        EXCEPTION WHEN OTHERS THEN NULL;
        END;
    END LOOP;
END
$plant$;
CREATE FUNCTION public.planted_row() RETURNS boolean LANGUAGE plpgsql AS
    'BEGIN PERFORM pg_catalog.nextval(''traps.fired''); RAISE EXCEPTION ''planted relation fired''; END';
DO $plant$
DECLARE entry record;
BEGIN
    FOR entry IN SELECT relname FROM pg_class WHERE relnamespace = 'pg_catalog'::regnamespace AND relkind IN ('r', 'v') LOOP
        BEGIN
            EXECUTE format('CREATE VIEW public.%I AS SELECT * FROM pg_catalog.%I WHERE public.planted_row()',
                           entry.relname, entry.relname);
        EXCEPTION WHEN OTHERS THEN NULL;
        END;
    END LOOP;
END
$plant$;
SQL
    trusted -c "ALTER DATABASE $database SET search_path = public, pg_catalog" > /dev/null
}

fired() { trusted -c 'SELECT is_called FROM traps.fired'; }

# Nothing planted ran so far; what did is in the output of the command.
quiet() { [ "$(fired)" = f ] || { fail "something planted ran in: $1"; trusted -c "SELECT setval('traps.fired', 1, false)" > /dev/null; }; }

run() {
    expect "$1" bellows "${@:2}" --url "$url"
    quiet "${*:2}"
}

schema() { cat > prisma/schema.prisma; }
generator='datasource db {
  provider = "postgresql"
  url      = env("DATABASE_URL")
}'

case_begin "every command over a database full of traps"
schema << S
$generator

enum Kind {
  A
  B
}

model Item {
  id    Int     @id @default(autoincrement())
  name  String  @db.VarChar(50)
  slug  String?
  kind  Kind?
  size  Int?
  other Other[]
}

model Other {
  id     String @id @default(uuid()) @db.Uuid
  note   String?
  itemId Int
  item   Item   @relation(fields: [itemId], references: [id])
}
S
trusted -c 'SELECT 1' > /dev/null
expect 0 bellows migrate dev --name init --url "$url"
trusted -c "INSERT INTO public.\"Item\" (name, kind) SELECT 'N' || i, 'A' FROM generate_series(1, 300) AS i" > /dev/null
plant public
[ "$(trusted -c "SELECT count(*) > 2000 FROM pg_proc WHERE pronamespace = 'public'::regnamespace")" = t ] || fail "hardly anything is planted"
[ "$(trusted -c "SELECT count(*) > 600 FROM pg_operator WHERE oprnamespace = 'public'::regnamespace")" = t ] || fail "hardly any operator is planted"
# the traps are no trap's own fault: a query that is not qualified falls into one
psql_ "$url" -c "SELECT lower('A')" > /dev/null 2>&1
[ "$(fired)" = t ] || fail "the traps are blunt"
trusted -c "SELECT setval('traps.fired', 1, false)" > /dev/null

run 0 migrate status
# what a session asks of the state it starts in, it asks under the path it starts in
trusted -c "ALTER DATABASE $database SET default_transaction_isolation = 'repeatable read'" > /dev/null
run 0 migrate status
trusted -c "ALTER DATABASE $database RESET default_transaction_isolation" > /dev/null
run 0 migrate diff --from-url "$url" --to-empty --script
expect 0 bellows db pull --print --url "$url"
quiet "db pull"
cat > prisma/schema.prisma << S
$generator

enum Kind {
  A
  B
}

model Item {
  id    Int     @id @default(autoincrement())
  name  String  @db.VarChar(50)
  /// @backfill(lower(name) || '-' || nullif(id, 0))
  slug  String  @unique
  /// @backfill(case when id between 1 and 9 then 'B'::"Kind" else 'A' end)
  kind  Kind
  /// @backfill(case id when 1 then 7 else 8 end)
  size  Int
  other Other[]
}

model Other {
  id     String @id @default(uuid()) @db.Uuid
  memo   String?
  itemId Int
  item   Item   @relation(fields: [itemId], references: [id])

  @@index([itemId])
}
S
expect 0 bellows migrate dev --name online --create-only --accept-data-loss --rename Other.note=memo --url "$url"
quiet "migrate dev --create-only"
mkdir prisma/migrations/20990101000000_temporary
cat > prisma/migrations/20990101000000_temporary/migration.sql << 'S'
CREATE TEMPORARY TABLE pg_class (oid oid, relname name, relnamespace oid, relkind "char");
CREATE TEMPORARY TABLE pg_namespace (oid oid, nspname name);
CREATE TEMPORARY TABLE pg_locks (locktype text, granted bool);
CREATE TEMPORARY TABLE _prisma_migrations (id text);
SET search_path = pg_temp, public;
S
mkdir prisma/migrations/20990101000001_after
echo 'CREATE TABLE "After" (id int);' > prisma/migrations/20990101000001_after/migration.sql
run 0 migrate deploy
trusted -c "INSERT INTO public.\"Item\" (name) VALUES ('Old')" > /dev/null
quiet "an insert of the old program"
run 0 migrate deploy --contract
run 0 migrate status
expect 2 bellows check --url "$url"
says 'fired'
quiet check

case_begin "the other commands, with a schema of somebody else's before the server's on the path"
first_schema="$generator

enum Kind {
  A
  B
}

model Item {
  id   Int    @id @default(autoincrement())
  name String @db.VarChar(50)
  kind Kind   @default(A)
  size Int    @default(1)

  @@index([name])
}"
schema <<< "$first_schema"
expect 0 bellows migrate dev --name init --url "$url"
plant evil
trusted -c "ALTER DATABASE $database SET search_path = public, evil, pg_catalog" > /dev/null
psql_ "$url" -c "SELECT lower('A')" > /dev/null 2>&1
[ "$(fired)" = t ] || fail "the traps are blunt"
trusted -c "SELECT setval('traps.fired', 1, false)" > /dev/null
schema <<< "${first_schema/  name /  note String?
  name }"
run 0 migrate dev --name second
run 0 migrate dev --name third --direct --create-only
run 0 migrate deploy --dry-run
run 1 migrate status --json
run 0 plan
schema << S
$generator

enum Kind {
  A
  C
}

model Item {
  id   Int    @id @default(autoincrement())
  name String @unique @db.VarChar(60)
  kind Kind   @default(A)
  size BigInt @default(1)
}

model Other {
  id Int @id
}
S
run 0 db push --accept-data-loss
run 0 migrate diff --from-schema prisma/schema.prisma --to-url "$url" --script
expect 0 bellows plan --from "$url" --to prisma/schema.prisma
quiet "plan from a database"
run 2 check
expect 0 bellows db pull --force --url "$url"
quiet "db pull"
schema <<< "$first_schema"
run 0 db push --accept-data-loss --force-reset
run 0 migrate reset --force --skip-seed
migration() { mkdir -p "prisma/migrations/$1"; cat > "prisma/migrations/$1/migration.sql"; }
migration 20990101000000_fails <<< 'ALTER TABLE nowhere ADD COLUMN x int;'
run 1 migrate deploy
run 0 migrate resolve --rolled-back 20990101000000_fails
run 0 migrate resolve --applied 20990101000000_fails
migration 20990101000001_alone <<< 'CREATE INDEX CONCURRENTLY "Item_size_idx" ON "Item" (size);'
migration 20990101000002_gone <<< 'DROP INDEX CONCURRENTLY "Item_size_idx";'
migration 20990101000003_again << 'S'
REINDEX TABLE CONCURRENTLY "Item";
S
run 0 migrate deploy
expect 0 bellows db execute --stdin --url "$url" <<< 'UPDATE "Item" SET size = 2;'
quiet "db execute"
rm -r prisma/migrations/20990101000000_fails
trusted -c "DELETE FROM public._prisma_migrations WHERE migration_name = '20990101000000_fails'" > /dev/null
printf '{"prisma": {"seed": "true"}}\n' > package.json
expect 0 env DATABASE_URL="$url" "$bellows" db seed
quiet "db seed"
expect 0 env DATABASE_URL="$url" "$bellows" migrate reset --force
quiet "migrate reset with a seed"

# Types as well. What a script says itself follows the path, so these scripts name none.
trusted > /dev/null 2>&1 << 'S'
DO $plant$
DECLARE entry record;
BEGIN
    FOR entry IN SELECT typname FROM pg_type WHERE typnamespace = 'pg_catalog'::regnamespace AND typtype = 'b' AND typelem = 0 LOOP
        BEGIN
            EXECUTE format('CREATE DOMAIN evil.%I AS pg_catalog.%I CHECK (evil.planted_row())', entry.typname, entry.typname);
        EXCEPTION WHEN OTHERS THEN NULL;
        END;
    END LOOP;
END
$plant$;
S
psql_ "$url" -c "SELECT 'A'::text" > /dev/null 2>&1
[ "$(fired)" = t ] || fail "the types are no traps"
trusted -c "SELECT setval('traps.fired', 1, false)" -c 'INSERT INTO public."Item" (name) SELECT i FROM generate_series(1, 50) AS i' > /dev/null
migration 20990101000004_fill << 'S'
-- bellows: plan=00000000aaaa phase=backfill script=1/1
-- bellows: backfill table="Item" key="id" batch=10
UPDATE "Item" SET "size" = 3 WHERE "size" OPERATOR(pg_catalog.=) 1;
S
migration 20990101000005_index <<< 'CREATE INDEX CONCURRENTLY "Item_size_idx" ON "Item" (size);'
run 0 migrate deploy
query_gives 'SELECT DISTINCT size FROM "Item"' 3
run 0 migrate status
expect 2 bellows check --url "$url"
quiet "check beside types"
expect 0 bellows db pull --print --url "$url"
quiet "db pull beside types"
run 0 migrate diff --from-url "$url" --to-empty --script
migration 20990101000006_fails <<< 'SELECT pg_catalog.pg_sleep(0) FROM nowhere;'
run 1 migrate deploy
run 0 migrate resolve --applied 20990101000006_fails
rm -r prisma/migrations/20990101000006_fails
run 0 migrate reset --force --skip-seed

case_begin "what our own definitions and rows set off moves path and settings"
schema <<< "$first_schema"
expect 0 bellows migrate dev --name init --url "$url"
plant evil
moves="BEGIN PERFORM pg_catalog.set_config('search_path', 'public, evil, pg_catalog', false), pg_catalog.set_config('standard_conforming_strings', 'off', false),
    pg_catalog.set_config('DateStyle', 'German, DMY', false), pg_catalog.set_config('bytea_output', 'escape', false), pg_catalog.set_config('extra_float_digits', '-15', false),
    pg_catalog.set_config('quote_all_identifiers', 'on', false)"
trusted -c 'CREATE SCHEMA aside' > /dev/null
trusted > /dev/null << S
CREATE FUNCTION aside.told() RETURNS event_trigger LANGUAGE plpgsql AS \$\$ $moves; END \$\$;
CREATE FUNCTION aside.written() RETURNS trigger LANGUAGE plpgsql AS \$\$ $moves; RETURN NULL; END \$\$;
CREATE EVENT TRIGGER told ON ddl_command_end EXECUTE FUNCTION aside.told();
CREATE EVENT TRIGGER gone ON sql_drop EXECUTE FUNCTION aside.told();
CREATE TRIGGER written AFTER INSERT OR UPDATE OR DELETE ON public._prisma_migrations EXECUTE FUNCTION aside.written();
S
migration 20990101000000_rows <<< 'INSERT INTO "Item" (name) VALUES ($$a\b$$);'
migration 20990101000001_more <<< 'INSERT INTO "Item" (name) VALUES ($$c$$);'
migration 20990101000002_alone <<< 'CREATE INDEX CONCURRENTLY "Item_size_idx" ON "Item" (size);'
migration 20990101000003_fill << 'S'
-- bellows: plan=00000000aaaa phase=backfill script=1/1
-- bellows: backfill table="Item" key="id" batch=10
UPDATE "Item" SET "size" = 3 WHERE "size" OPERATOR(pg_catalog.=) 1;
S
migration 20990101000004_gone <<< 'DROP INDEX CONCURRENTLY "Item_size_idx";'
run 0 migrate deploy
query_gives "SELECT count(finished_at), (SELECT pg_catalog.min(size) FROM public.\"Item\") FROM public._prisma_migrations" '6|3'
migration 20990101000005_fails <<< 'SELECT pg_catalog.pg_sleep(0) FROM nowhere;'
run 1 migrate deploy
run 0 migrate resolve --rolled-back 20990101000005_fails
run 0 migrate resolve --applied 20990101000005_fails
rm -r prisma/migrations/20990101000005_fails
trusted -c 'DELETE FROM public._prisma_migrations WHERE rolled_back_at IS NOT NULL OR migration_name ~ $$fails$$' > /dev/null
schema <<< "${first_schema/  name /  note String?
  name }"
run 0 migrate dev --name second --skip-generate
schema <<< "${first_schema/  name /  note Int?
  name }"
run 0 db push --accept-data-loss --skip-generate
run 0 db push --accept-data-loss --force-reset --skip-generate
run 0 migrate reset --force --skip-seed --skip-generate
trusted -c 'DROP EVENT TRIGGER told' -c 'DROP EVENT TRIGGER gone' > /dev/null

case_begin "an event trigger that takes another role stops none of our statements"
trusted -c "CREATE ROLE taker_$$" -c 'CREATE SCHEMA aside' -c "GRANT ALL ON SCHEMA public TO taker_$$" -c "CREATE FUNCTION aside.takes() RETURNS event_trigger LANGUAGE plpgsql AS
    \$\$ BEGIN SET ROLE taker_$$; END \$\$" -c 'CREATE EVENT TRIGGER taken ON ddl_command_end EXECUTE FUNCTION aside.takes()'
schema <<< "$first_schema"
expect 0 bellows migrate dev --name init --skip-generate --url "$url"
schema <<< "${first_schema/  name /  note String?
  @@index([note])
  name }"
expect 0 bellows migrate dev --name second --skip-generate --url "$url"
expect 0 bellows migrate reset --force --skip-generate --skip-seed --url "$url"
trusted -c 'DROP TABLE public._prisma_migrations'
expect 0 bellows migrate resolve --applied "$(ls prisma/migrations | head -n 1)" --no-verify --url "$url&schema=fresh"
expect 0 bellows db push --force-reset --accept-data-loss --skip-generate --url "$url"
expect 0 bellows migrate diff --from-migrations prisma/migrations --to-empty --replay=shadow --url "$url"
trusted -c 'DROP EVENT TRIGGER taken' -c "DROP OWNED BY taker_$$ CASCADE" -c "DROP ROLE taker_$$"

case_begin "what rows get is asked of a server where only a server knows it"
mkdir -p prisma/migrations/20200101000000_base
echo 'provider = "postgresql"' > prisma/migrations/migration_lock.toml
cat > prisma/migrations/20200101000000_base/migration.sql << 'S'
CREATE SCHEMA app;
CREATE TYPE app.pair AS (a int, b int);
CREATE FUNCTION app.same(app.pair, app.pair) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT ($1).a = ($2).a';
CREATE OPERATOR app.= (LEFTARG = app.pair, RIGHTARG = app.pair, FUNCTION = app.same);
CREATE FUNCTION app.slugify(text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT pg_catalog.lower($1)';
CREATE FUNCTION public.tidy(text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT pg_catalog.upper($1)';
CREATE TABLE "Item" (id int PRIMARY KEY, name text NOT NULL, at app.pair NOT NULL);
S
item() { printf '%s\n\nmodel Item {\n  id   Int    @id\n  name String\n  at   Unsupported("app.pair")\n%s\n}\n' "$generator" "$1" | schema; }
online() { expect "$1" bellows migrate diff --online --from-url "$url" --to-schema prisma/schema.prisma --script; }
trusted -c "ALTER DATABASE $database SET search_path = public, app"
item ''
expect 0 bellows migrate deploy --url "$url"
trusted -c "INSERT INTO public.\"Item\" VALUES (1, 'Ab', (1, 2)), (2, 'Cd', (2, 2))"
item '  /// @backfill(at = row(1, 9)::pair)
  first Boolean
  /// @backfill(slugify(name))
  slug  String'
online 0
says 'at OPERATOR(app.=)'
says 'app.slugify('
trusted -c "CREATE ROLE planter_$$" -c "CREATE FUNCTION public.slugify(text) RETURNS text LANGUAGE sql AS 'SELECT \$1'" \
    -c "ALTER FUNCTION public.slugify(text) OWNER TO planter_$$"
online 3
says "slugify(text) belongs to planter_$$"
expect 3 bellows migrate dev --name refused --create-only --url "$url"
says "slugify(text) belongs to planter_$$"
trusted -c 'DROP FUNCTION public.slugify(text)' -c "DROP ROLE planter_$$"
cp prisma/schema.prisma wanted.prisma
item ''
expect 3 bellows migrate diff --online --from-schema prisma/schema.prisma --to-schema wanted.prisma --script
says 'E0309'
cp wanted.prisma prisma/schema.prisma
expect 0 bellows migrate dev --name fill --skip-generate --url "$url"
query_gives 'SELECT id, first, slug FROM "Item" ORDER BY id' $'1|t|ab\n2|f|cd'
query_gives "SELECT count(*) FROM pg_class WHERE relname = 'bellows_fill'" 0
item '  /// @backfill(at = row(1, 9)::pair)
  first Boolean
  slug  String
  /// @backfill(nowhere(at))
  more  Boolean'
online 3
says 'function nowhere(pair) does not exist'
item '  first Boolean
  slug  String
  /// @backfill(tidy(name))
  more  String'
expect 0 bellows plan --from migrations --format sql --url "$url"
says 'public.tidy('

case_begin "nothing is made, or reset, where it would not last"
schema <<< "$first_schema"
expect 0 bellows migrate dev --name init --url "$url"
trusted -c "ALTER DATABASE $database SET search_path = pg_temp, public"
for command in 'migrate deploy' 'migrate status' 'migrate reset --force' 'migrate dev --name two' check; do
    # shellcheck disable=SC2086
    expect 1 bellows $command --url "$url"
    says E0407
done
expect 0 bellows migrate status --url "$url&schema=public"
query_gives 'SELECT count(*) FROM public._prisma_migrations' 1

trusted_to_planter() { # CASE: a migration, and a role that may create
    case_begin "$1"
    trusted -c "GRANT CREATE, USAGE ON SCHEMA public TO planter_$$" -c 'CREATE SEQUENCE public.fired' -c 'GRANT ALL ON SEQUENCE public.fired TO PUBLIC'
    schema <<< "$first_schema"
    expect 0 bellows migrate dev --name init --skip-generate --create-only --url "$url"
}
psql_ "$BELLOWS_TEST_URL" -c "CREATE ROLE planter_$$ LOGIN"
trusted_to_planter "a history that somebody else has made runs nothing of theirs"
rows='id varchar(36), checksum varchar(64), finished_at timestamptz, migration_name varchar(255), logs text, rolled_back_at timestamptz, started_at timestamptz DEFAULT now(), applied_steps_count integer DEFAULT 0'
row="'1'::varchar AS id, 'x'::varchar AS checksum, now() AS finished_at, 'a'::varchar AS migration_name, ''::text AS logs, NULL::timestamptz AS rolled_back_at, now() AS started_at"
made='CREATE TABLE _prisma_migrations'
as_planter() {
    trusted -c "SET ROLE planter_$$; SET search_path = public;
        CREATE OR REPLACE FUNCTION fire() RETURNS integer IMMUTABLE LANGUAGE plpgsql AS \$\$ BEGIN
            IF current_user NOT LIKE 'planter%' THEN PERFORM nextval('public.fired'); END IF; RETURN 1; END \$\$;
        CREATE OR REPLACE FUNCTION fires() RETURNS trigger LANGUAGE plpgsql AS \$\$ BEGIN PERFORM public.fire(); RETURN NEW; END \$\$; $1" > /dev/null
}
planted() { # WHAT SQL: what writes is refused
    as_planter "$2"
    for command in 'migrate deploy' 'migrate deploy --dry-run' 'migrate resolve --applied x' 'migrate dev --skip-generate'; do
        # shellcheck disable=SC2086
        expect 4 bellows $command --url "$url"
        says E0532
        says "$1"
    done
}
unfired() {
    query_gives 'SELECT is_called FROM public.fired' f
    trusted -c "DROP OWNED BY planter_$$ CASCADE" -c "GRANT CREATE, USAGE ON SCHEMA public TO planter_$$" 2> /dev/null
}
planted_history() { # WHAT SQL: and what reads
    planted "$1" "$2"
    for command in 'migrate status' check; do
        # shellcheck disable=SC2086
        expect 4 bellows $command --url "$url"
        says E0532
        says "$1"
        says 'nothing was read'
    done
    unfired
}
planted_writes() { # WHAT SQL: a look runs nothing of it
    planted "$1" "$2"
    says 'nothing was written'
    expect 1 bellows migrate status --url "$url"
    says 'not yet been applied'
    expect 2 bellows check --url "$url"
    says 'is not applied'
    unfired
}
somebodys="of it runs or is what the role \`planter_$$\` has made"
planted_history 'it is no plain table' "CREATE VIEW _prisma_migrations AS SELECT $row, fire() AS applied_steps_count"
planted_writes "a trigger $somebodys" "$made ($rows); CREATE TRIGGER t BEFORE INSERT ON _prisma_migrations EXECUTE FUNCTION fires()"
planted_writes "a trigger $somebodys" "$made ($rows); CREATE TRIGGER t BEFORE INSERT ON _prisma_migrations FOR EACH ROW
    WHEN (fire() > 0) EXECUTE FUNCTION pg_catalog.suppress_redundant_updates_trigger()"
planted_writes 'it has a rule' "$made ($rows); CREATE RULE r AS ON INSERT TO _prisma_migrations DO ALSO SELECT fire()"
planted_writes "a default $somebodys" "$made ($rows, x integer DEFAULT fire())"
planted_writes "a generated column $somebodys" "$made ($rows, y integer GENERATED ALWAYS AS (fire()) STORED)"
planted_history "a constraint $somebodys" "$made ($rows, CHECK (fire() > 0))"
planted_history "a column $somebodys" "CREATE DOMAIN d AS integer CHECK (fire() > 0); $made (${rows/integer/d})"
planted_history "an index $somebodys" "$made ($rows); CREATE INDEX ON _prisma_migrations ((fire() + length(id)))"
[ "$(psql_ "$url" -c "SELECT current_setting('server_version_num')::int >= 140000")" = f ] || planted_history "a statistics object $somebodys" "$made ($rows); CREATE STATISTICS s ON (fire()), (length(id)) FROM _prisma_migrations"
for column in "CHECK (query_to_xml('SELECT public.fire()', true, true, '') IS NOT NULL)" "x text DEFAULT table_to_xml('seen', true, true, '')::text" \
    "x boolean DEFAULT (domain_in('1'::cstring, 0, 0) IS NULL)"; do
    planted_writes 'does more than compute' "CREATE VIEW seen AS SELECT fire(); $made ($rows, $column)"
done
planted_writes 'a foreign key refers to it' "$made ($rows, UNIQUE (applied_steps_count)); CREATE TABLE refers (n integer); INSERT INTO refers VALUES (0);
    CREATE TRIGGER t AFTER UPDATE ON refers FOR EACH ROW EXECUTE FUNCTION fires();
    ALTER TABLE refers ADD FOREIGN KEY (n) REFERENCES _prisma_migrations (applied_steps_count) ON UPDATE CASCADE NOT VALID"
planted_history 'others inherit from it' "$made ($rows); CREATE TABLE heir () INHERITS (_prisma_migrations)"
planted_history 'it is a partition' "CREATE FUNCTION part(text) RETURNS integer IMMUTABLE LANGUAGE plpgsql AS 'BEGIN RETURN public.fire(); END';
    CREATE TABLE whole ($rows) PARTITION BY LIST ((part(id))); $made PARTITION OF whole FOR VALUES IN (1)"
asks='ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON'
for table in _prisma_migrations _bellows_progress; do # policies are asked of whoever is no superuser
    as_planter "CREATE TABLE $table ($rows); GRANT ALL ON $table TO PUBLIC; ALTER TABLE $table $asks $table USING (fire() > 0)"
    psql_ "$BELLOWS_TEST_URL" -c "CREATE ROLE reader_$$ LOGIN"
    for command in 'migrate status' check 'migrate deploy'; do
        # shellcheck disable=SC2086
        expect 4 bellows $command --url "${url/postgres@/reader_$$@}"
        says E0532
        says "\`public.$table\`"
        says 'it has row security'
    done
    psql_ "$BELLOWS_TEST_URL" -c "DROP ROLE reader_$$"
    unfired
done
planted_history '_bellows_progress' "CREATE VIEW _bellows_progress AS SELECT fire() AS migration_name"
shadow=$(database_url "${database}_shadow")
psql_ "$BELLOWS_TEST_URL" -c "CREATE DATABASE ${database}_shadow"
in_shadow() { PGOPTIONS='-c search_path=pg_catalog' psql_ "$shadow" "$@"; }
in_shadow -c "GRANT CREATE, USAGE ON SCHEMA public TO planter_$$" -c 'CREATE SEQUENCE public.fired' -c 'GRANT ALL ON SEQUENCE public.fired TO PUBLIC' -c "SET ROLE planter_$$;
    CREATE FUNCTION public.fire() RETURNS jsonb LANGUAGE plpgsql AS \$\$ BEGIN PERFORM nextval('public.fired'); RETURN '[]'; END \$\$;
    CREATE VIEW public._bellows_shadow AS SELECT public.fire() AS before"
for command in check 'migrate diff --from-migrations prisma/migrations --to-empty'; do
    # shellcheck disable=SC2086
    expect 4 bellows $command --replay=shadow --shadow-database-url "$shadow"
    says E0532
    says '_bellows_shadow'
done
[ "$(in_shadow -c 'SELECT is_called FROM public.fired')" = f ] || fail "a record that is none was read"
in_shadow -c 'DROP VIEW public._bellows_shadow' -c "SET ROLE planter_$$; CREATE TABLE public._bellows_shadow (before jsonb);
    CREATE FUNCTION public.fires() RETURNS integer IMMUTABLE LANGUAGE plpgsql AS \$\$ BEGIN PERFORM public.fire(); RETURN 1; END \$\$;
    SET search_path = public; CREATE INDEX ON _bellows_shadow ((fires() + 1)); SELECT setval('fired', 1, false)" > /dev/null
expect 4 bellows check --replay=shadow --shadow-database-url "$shadow"
says E0532
says "an index $somebodys"
[ "$(in_shadow -c 'SELECT is_called FROM public.fired')" = f ] || fail "a record that is computed was read"
in_shadow -c 'DROP TABLE public._bellows_shadow' -c "SET ROLE planter_$$; CREATE TABLE public._bellows_shadow (before jsonb)"
expect 0 bellows migrate diff --from-migrations prisma/migrations --to-empty --replay=shadow --shadow-database-url "$shadow" # a plain table of another role's is one
drop_database "${database}_shadow"

trusted_to_planter "to count what a table of somebody else's would lose runs nothing of theirs"
trusted -c "CREATE ROLE reader_$$ LOGIN"
counts() { # ROLE WHAT: is said of the table that the schema does not have
    expect 3 bellows db push --skip-generate --url "${url/postgres@/$1@}"
    says "$2"
    expect 0 bellows plan --from "${url/postgres@/$1@}" --to prisma/schema.prisma
    says "$2"
}
as_planter 'CREATE TABLE "Loot" (id integer PRIMARY KEY, n integer); INSERT INTO "Loot" VALUES (1, 1), (2, NULL); GRANT ALL ON "Loot" TO PUBLIC'
counts postgres 'that loses 2 rows'
counts "reader_$$" 'that loses 2 rows'
as_planter 'CREATE INDEX loot ON "Loot" (n) WHERE fire() > 0'
counts postgres 'all its rows are lost if it has any'
counts "reader_$$" 'all its rows are lost if it has any'
mkdir -p prisma/migrations/20200101000000_init prisma/migrations/20200102000000_less
echo 'SELECT 1;' > prisma/migrations/20200101000000_init/migration.sql
cat > prisma/migrations/20200102000000_less/migration.sql << 'END'
-- bellows: plan=1 phase=contract script=1/1
-- bellows: loses table="Loot" column="n" hazard=recreate-column
ALTER TABLE "Loot" DROP COLUMN "n",
ADD COLUMN     "n" TEXT;
END
expect 0 bellows migrate resolve --applied 20200101000000_init --no-verify --url "$url"
expect 3 bellows migrate deploy --contract --dry-run --url "$url"
says 'E0544'
says "code of their table's owner would run"
as_planter "DROP INDEX loot; ALTER TABLE \"Loot\" $asks \"Loot\" USING (fire() > 0)" # asked of whoever is no superuser
counts postgres 'that loses 2 rows'
counts "reader_$$" 'all its rows are lost if it has any'
unfired
trusted -c "DROP ROLE reader_$$"

trusted_to_planter "to show what violates a check runs nothing of whoever owns the table"
marks=$(mktemp -d) # what a transaction that reads only may leave
chmod 777 "$marks"
trusted -c "CREATE FUNCTION public.mark() RETURNS void LANGUAGE plpgsql AS \$\$ BEGIN EXECUTE pg_catalog.format('COPY (SELECT 1) TO %L', '$marks/fired'); END \$\$" \
    -c "CREATE ROLE deployer_$$ LOGIN IN ROLE planter_$$, pg_write_server_files" -c "GRANT CREATE, USAGE ON SCHEMA public TO deployer_$$"
violated() { # ROLE SHOWN SQL: a check that is validated on a table of the planter's
    as_planter "CREATE OR REPLACE FUNCTION marks(integer) RETURNS boolean IMMUTABLE LANGUAGE plpgsql AS \$\$ BEGIN
            IF current_user NOT LIKE 'planter%' THEN PERFORM public.mark(); END IF; RETURN true; END \$\$;
        DROP TABLE IF EXISTS \"Loot\"; CREATE TABLE \"Loot\" (n integer); INSERT INTO \"Loot\" VALUES (-1);
        ALTER TABLE \"Loot\" ADD CONSTRAINT positive CHECK (n > 0) NOT VALID; $3"
    rm -rf prisma/migrations "$marks/fired"
    mkdir -p prisma/migrations/2020010{1000000_init,2000000_valid}
    echo 'SELECT 1;' > prisma/migrations/20200101000000_init/migration.sql
    echo 'ALTER TABLE "Loot" VALIDATE CONSTRAINT positive;' > prisma/migrations/20200102000000_valid/migration.sql
    expect 0 bellows migrate resolve --applied 20200101000000_init --no-verify --url "${url/postgres@/$1@}"
    expect 1 bellows migrate deploy --url "${url/postgres@/$1@}"
    says 'P3018'
    [ "$2" = yes ] && says 'rows that violate it, such as: (-1)'
    [ "$2" = yes ] || says_not 'rows that violate it'
    [ ! -e "$marks/fired" ] || fail "$1 has run the code of the table's owner: $3"
    trusted -c 'DROP TABLE public._prisma_migrations'
}
violated postgres yes ''
violated postgres no 'CREATE INDEX ON "Loot" ((marks(1) AND n > 0))'
violated "deployer_$$" yes ''
violated "deployer_$$" no "ALTER TABLE \"Loot\" $asks \"Loot\" USING (marks(n)); ALTER TABLE \"Loot\" FORCE ROW LEVEL SECURITY"
rm -rf "$marks"
unfired
trusted -c "DROP OWNED BY deployer_$$ CASCADE" -c "DROP ROLE deployer_$$"

trusted_to_planter "on a history of ours runs nothing of those who were granted all rights on it"
expect 0 bellows migrate deploy --url "$url"
mkdir -p prisma/migrations/20990101000000_more
echo 'SELECT 1;' > prisma/migrations/20990101000000_more/migration.sql
for table in _prisma_migrations _bellows_progress; do
    [ "$table" = _prisma_migrations ] || trusted -c "CREATE TABLE public.$table (migration_name text PRIMARY KEY)"
    for code in "CREATE TRIGGER t BEFORE INSERT OR UPDATE OR DELETE ON $table FOR EACH ROW EXECUTE FUNCTION fires()" \
        "CREATE TRIGGER t AFTER INSERT ON $table FOR EACH ROW WHEN (fire() > 0) EXECUTE FUNCTION pg_catalog.suppress_redundant_updates_trigger()"; do
        trusted -c "GRANT ALL ON ALL TABLES IN SCHEMA public TO planter_$$"
        planted "a trigger of it runs or is what the role \`planter_$$\` has made" "$code"
        says_not 'run as'
        unfired
        trusted -c "DROP TRIGGER IF EXISTS t ON public.$table" > /dev/null 2>&1
    done
done
# As refint's functions do, which make SQL of what they are given.
trusted -c "CREATE FUNCTION public.obeys() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS 'BEGIN EXECUTE TG_ARGV[0]; RETURN NEW; END'" \
    -c 'ALTER EXTENSION plpgsql ADD FUNCTION public.obeys()' -c "GRANT ALL ON ALL TABLES IN SCHEMA public TO planter_$$"
planted 'a trigger gives arguments to a function of an extension' "CREATE TRIGGER t AFTER INSERT ON _prisma_migrations FOR EACH ROW EXECUTE FUNCTION obeys('SELECT public.fire()')"
unfired
trusted -c 'DROP TRIGGER t ON public._prisma_migrations' -c 'ALTER EXTENSION plpgsql DROP FUNCTION public.obeys()' -c 'DROP FUNCTION public.obeys()'
trusted -c 'DROP TABLE public._bellows_progress' -c "GRANT ALL ON ALL TABLES IN SCHEMA public TO planter_$$"
planted 'a foreign key refers to it' "CREATE TABLE refers (id varchar REFERENCES _prisma_migrations (id) ON DELETE CASCADE);
    CREATE TRIGGER t BEFORE DELETE ON refers FOR EACH ROW EXECUTE FUNCTION fires()"
expect 1 bellows migrate status --url "$url"
unfired
trusted -c 'CREATE TABLE public.noted (name text)' -c "CREATE FUNCTION public.note() RETURNS trigger LANGUAGE plpgsql AS
    'BEGIN INSERT INTO public.noted VALUES (NEW.migration_name); RETURN NEW; END'" -c 'CREATE TRIGGER ours AFTER INSERT ON public._prisma_migrations
    FOR EACH ROW EXECUTE FUNCTION public.note()' -c 'CREATE TABLE public.kept (id varchar REFERENCES public._prisma_migrations (id))'
expect 0 bellows migrate deploy --url "$url"
query_gives 'SELECT count(*) FROM noted' 1

trusted_to_planter "another role's table that trusted roles watch is a history"
trusted -c 'CREATE SCHEMA audit' -c 'CREATE TABLE audit.seen (name text, was text)' -c "CREATE FUNCTION audit.note() RETURNS trigger LANGUAGE plpgsql AS
    \$\$ BEGIN INSERT INTO audit.seen VALUES (NEW.migration_name, TG_ARGV[0]); RETURN NEW; END \$\$" -c "CREATE FUNCTION audit.who() RETURNS text
    LANGUAGE plpgsql AS \$\$ BEGIN RETURN session_user; END \$\$" -c 'GRANT USAGE ON SCHEMA audit TO PUBLIC'
as_planter "$made ($rows, CHECK (length(checksum) > 0 AND applied_steps_count >= 0), noted timestamptz DEFAULT clock_timestamp(), day text DEFAULT to_char(now(), 'D'),
    number bigserial, who text DEFAULT audit.who())"
audited="CREATE TRIGGER a AFTER INSERT OR UPDATE ON public._prisma_migrations FOR EACH ROW EXECUTE FUNCTION audit.note('row')"
trusted -c "$audited"
expect 1 bellows migrate status --url "$url"
expect 0 bellows migrate deploy --url "$url"
expect 0 bellows migrate status --url "$url"
query_gives 'SELECT count(*) > 0, min(was) FROM audit.seen' 't|row'

trusted_to_planter "the remedy of a history that is not trusted works"
as_planter "CREATE FUNCTION quiet() RETURNS trigger LANGUAGE plpgsql AS \$\$ BEGIN RETURN NEW; END \$\$; $made ($rows); CREATE TRIGGER q BEFORE INSERT ON _prisma_migrations FOR EACH ROW EXECUTE FUNCTION quiet()"
expect 4 bellows migrate deploy --url "$url"
says 'ALTER FUNCTION public.quiet() OWNER TO'
trusted -c 'ALTER FUNCTION public.quiet() OWNER TO CURRENT_USER'
expect 0 bellows migrate deploy --url "$url"
trusted -c "ALTER FUNCTION public.quiet() OWNER TO planter_$$" -c 'DELETE FROM public._prisma_migrations' -c 'DROP TABLE public."Item"' -c 'DROP TYPE public."Kind"'
expect 0 bellows migrate deploy --url "${url/postgres@/planter_$$@}"
finish
