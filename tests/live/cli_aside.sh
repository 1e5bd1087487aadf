#!/usr/bin/env bash
# cli_aside.sh BELLOWS - columns get another type while views, rules, policies and triggers rest on them, some of which no plan
# has ever seen: they work before, between and after, and come back as they were; what cannot is named before anything is changed.
# shellcheck disable=SC2154,SC2016  # $url is cli.bash's; dollar signs of SQL
# shellcheck source=tests/harness/cli.bash
source "$(dirname "$0")/../harness/cli.bash"
shape_sql=$(realpath "$(dirname "$0")/../harness/shape.sql")
major=$(($(psql_ "$BELLOWS_TEST_URL" -c 'SHOW server_version_num') / 10000))

items() { # lines of model Item
    schema << END
datasource db {
  provider = "postgresql"
}

model Item {
  id   Int    @id
  name String
$(printf '%s\n' "$@")
}
END
}

# Everything but the types: with rights, states and comments by name.
shape() { # URL
    psql_ "$1" -f "$shape_sql" | sed -E 's/\b(integer|bigint)\b/NUMBER/g'
    psql_ "$1" -c "SELECT c.oid::regclass, c.relacl, c.reloptions, c.relowner::regrole FROM pg_class AS c WHERE c.relkind = 'v'
            AND c.oid >= 16384 ORDER BY c.oid::regclass::text" \
        -c "SELECT concat_ws('|', a.attrelid::regclass, a.attname, a.attacl, col_description(a.attrelid, a.attnum), 'n_distinct=5' = ANY (a.attoptions))
            FROM pg_attribute AS a JOIN pg_class AS c ON c.oid = a.attrelid AND c.relkind IN ('r', 'v') AND c.oid >= 16384
            WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relname <> '_prisma_migrations' ORDER BY 1" \
        -c "SELECT tgname, tgenabled, obj_description(oid, 'pg_trigger') FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1" \
        -c "SELECT rulename, ev_enabled, obj_description(oid, 'pg_rewrite') FROM pg_rewrite WHERE rulename <> '_RETURN' AND oid >= 16384 ORDER BY 1" \
        -c "SELECT s.*, obj_description(p.oid, 'pg_policy') FROM pg_policies AS s, pg_policy AS p WHERE p.polname = s.policyname ORDER BY p.polname" \
        -c "SELECT pg_get_statisticsobjdef(oid), stxowner::regrole, obj_description(oid, 'pg_statistic_ext') FROM pg_statistic_ext ORDER BY 1"
}

same() { # BEFORE AFTER
    [ "$1" = "$2" ] || { out=$(diff <(printf '%s\n' "$1") <(printf '%s\n' "$2")); fail "not as it was"; }
}

roles() {
    for role in aside_owner aside_reader "aside Other"; do
        psql_ "$BELLOWS_TEST_URL" -c "DO \$\$ BEGIN CREATE ROLE \"$role\"; EXCEPTION WHEN duplicate_object THEN NULL; END \$\$"
    done
}

# What nobody has told a plan of.
dependants() { # URL COLUMN
    psql_ "$1" << END
CREATE SCHEMA "Oth er";
GRANT ALL ON SCHEMA public TO aside_owner;
CREATE TABLE log (x text);
CREATE VIEW v1 AS SELECT id, $2 AS qty, $2 + 1 AS more, '2020-01-01'::timestamptz AS t, 0.1::float8 AS f FROM "Item" WHERE $2 > 0;
CREATE VIEW "Oth er"."V 2" WITH (security_barrier) AS SELECT v.id, v.qty AS "Q" FROM v1 AS v JOIN "Item" AS i USING (id);
CREATE VIEW v3 AS SELECT * FROM "Oth er"."V 2" UNION ALL SELECT id, qty FROM v1;
CREATE VIEW v4 AS SELECT id, $2 FROM "Item" WHERE id > 0 WITH CASCADED CHECK OPTION;
CREATE VIEW grouped AS SELECT id, $2, name FROM "Item" GROUP BY id;
ALTER VIEW v4 ALTER COLUMN $2 SET DEFAULT 7;
ALTER TABLE v1 RENAME COLUMN more TO "Mo re";
COMMENT ON VIEW v1 IS 'it''s a view';
COMMENT ON COLUMN v1.qty IS 'how many';
COMMENT ON COLUMN "Item".$2 IS 'base';
CREATE FUNCTION looked() RETURNS trigger LANGUAGE plpgsql AS \$\$ BEGIN RETURN NEW; END \$\$;
CREATE TRIGGER t1 BEFORE UPDATE OF $2 ON "Item" FOR EACH ROW WHEN (OLD.$2 IS DISTINCT FROM NEW.$2) EXECUTE FUNCTION looked('a');
CREATE TRIGGER t2 AFTER UPDATE OF id, $2 ON "Item" FOR EACH STATEMENT EXECUTE FUNCTION looked();
CREATE CONSTRAINT TRIGGER t3 AFTER UPDATE OF $2 ON "Item" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION looked();
CREATE TRIGGER tv INSTEAD OF UPDATE ON v1 FOR EACH ROW EXECUTE FUNCTION looked();
ALTER TABLE "Item" ENABLE REPLICA TRIGGER t1, DISABLE TRIGGER t2, ENABLE ALWAYS TRIGGER t3;
COMMENT ON TRIGGER t1 ON "Item" IS 'a trigger''s';
COMMENT ON TRIGGER tv ON v1 IS 'a view''s';
CREATE RULE r1 AS ON UPDATE TO "Item" WHERE new.$2 > 1000000 DO ALSO INSERT INTO log VALUES (new.$2::text);
CREATE RULE r2 AS ON INSERT TO v3 DO INSTEAD INSERT INTO "Item" (id, name, $2) VALUES (new.id, '', new."Q");
ALTER TABLE "Item" ENABLE REPLICA RULE r1;
COMMENT ON RULE r1 ON "Item" IS 'a rule';
ALTER TABLE "Item" ENABLE ROW LEVEL SECURITY;
CREATE POLICY p1 ON "Item" AS RESTRICTIVE FOR UPDATE TO aside_reader, "aside Other" USING ($2 > 0) WITH CHECK (id IN (SELECT id FROM v1));
CREATE POLICY p0 ON "Item" USING (true);
GRANT SELECT ON "Item" TO aside_owner;
CREATE POLICY p2 ON log USING (EXISTS (SELECT FROM "Item" WHERE $2 = 3));
COMMENT ON POLICY p1 ON "Item" IS 'a policy';
ALTER VIEW v1 OWNER TO aside_owner;
GRANT SELECT ON v1 TO aside_reader WITH GRANT OPTION;
GRANT UPDATE (qty), INSERT (qty) ON v1 TO PUBLIC;
SET ROLE aside_reader;
GRANT SELECT ON v1 TO "aside Other";
RESET ROLE;
REVOKE ALL ON v4 FROM CURRENT_USER;
GRANT SELECT ON v4 TO CURRENT_USER;
GRANT SELECT (id) ON grouped TO aside_reader;
GRANT UPDATE ($2), SELECT ($2) ON "Item" TO aside_reader WITH GRANT OPTION;
SET ROLE aside_reader;
GRANT UPDATE ($2) ON "Item" TO "aside Other";
RESET ROLE;
CREATE STATISTICS s1 (ndistinct) ON $2, id FROM "Item";
ALTER STATISTICS s1 OWNER TO aside_owner;
COMMENT ON STATISTICS s1 IS 'statistics';
ALTER TABLE "Item" ALTER COLUMN $2 SET (n_distinct = 5);
INSERT INTO "Item" (id, name, $2) SELECT g, '', g FROM generate_series(1, 50) AS g;
END
}

# Migrations of the two schemas: `first` and `change` write them.
folder() {
    first
    expect 0 bellows migrate dev --name init --url "$url"
    change
    expect 0 bellows migrate dev --name change --accept-data-loss --url "$url"
}

production() { # its dependants are over the column $1
    live=$(database_url "${database}_$2")
    psql_ "$BELLOWS_TEST_URL" -c "CREATE DATABASE ${database}_$2"
    psql_ "$live" -f "$(echo prisma/migrations/*_init/migration.sql)"
    dependants "$live" "$1"
}

# A program that reads until it is told to end; what failed is told.
begin_reading() {
    rm -f reader.end
    (
        while [ ! -e reader.end ]; do
            psql_ "$live" -c 'SET statement_timeout = 0' -c 'SELECT "Q" FROM v3 LIMIT 1' > /dev/null 2>> reader.failed || echo failed >> reader.failed
        done
    ) &
    reader=$!
}

end_reading() {
    touch reader.end
    wait "$reader"
    [ ! -s reader.failed ] || { out=$(cat reader.failed); fail "a program that reads the view failed"; }
}

roles

widened() { items '  qty  BigInt'; }
case_begin "by deploy: as they were, but for the type"
first() { items '  qty  Int'; }
change() { widened; }
folder
production qty one
expect 0 bellows migrate resolve --applied "$(basename prisma/migrations/*_init)" --url "$live"
before=$(shape "$live")
begin_reading
expect 0 bellows migrate deploy --url "$live"
end_reading
same "$before" "$(shape "$live")"
case $before in *t3*) ;; *) out=$before fail "nothing was looked at" ;; esac
url=$live query_gives "SELECT count(*) FROM v3; SELECT pg_typeof(\"Q\") FROM v3 LIMIT 1" $'100\nbigint'
url=$live query_gives "SELECT count(*) FROM pg_proc WHERE proname LIKE 'zzzz%'" 0
deployed=$(shape "$live")
drop_database "${database}_one"

# Another one to a script each, as one message and statement by statement: `psql`, and what sends a script as a whole.
for way in whole alone; do
    production qty two
    for script in prisma/migrations/*_change_*/migration.sql; do
        if [ $way = whole ]; then
            expect 0 psql -X -q -v ON_ERROR_STOP=1 "$live" -c "$(cat "$script")"
        else
            expect 0 psql -X -q -v ON_ERROR_STOP=1 "$live" -f "$script"
        fi
    done
    psql_ "$live" -c 'DROP TABLE IF EXISTS _prisma_migrations' > /dev/null 2>&1
    same "$deployed" "$(shape "$live")"
    drop_database "${database}_two"
done

# Broken off behind the first block by what has no transaction, and run again: what was set aside is kept meanwhile.
production qty two
scripts=(prisma/migrations/*_change_*/migration.sql)
last=${scripts[${#scripts[@]} - 1]}
for script in "${scripts[@]:0:${#scripts[@]}-1}"; do expect 0 psql -X -q -v ON_ERROR_STOP=1 "$live" -f "$script"; done
sed '/^-- SetNotNull/,$d' "$last" > head.sql
expect 0 psql -X -q -v ON_ERROR_STOP=1 "$live" -f head.sql
url=$live query_gives "SELECT count(*) FROM pg_views WHERE viewname = 'v3'; SELECT count(*) FROM pg_proc WHERE proname = 'zzzz_bellows_aside'" $'0\n1'
expect 0 psql -X -q -v ON_ERROR_STOP=1 "$live" -f "$last"
same "$deployed" "$(shape "$live")"
drop_database "${database}_two"

case_begin "behind the gate, under another name: views go on under theirs"
first() { items '  qty  Int'; }
change() { items '  /// @renamedFrom(qty)' '  amount BigInt'; }
folder
production qty one
expect 0 bellows migrate resolve --applied "$(basename prisma/migrations/*_init)" --url "$live"
begin_reading
expect 0 bellows migrate deploy --url "$live"
expect 0 bellows migrate deploy --contract --url "$live"
end_reading
url=$live query_gives "SELECT count(*) FROM v3; SELECT pg_typeof(qty) FROM v1 LIMIT 1; SELECT pg_get_viewdef('grouped') LIKE '%amount AS qty%'" $'100\nbigint\nt'
url=$live query_gives "SELECT string_agg(attname, ' ' ORDER BY tgname) FROM pg_trigger JOIN pg_attribute ON attrelid = tgrelid AND attnum = ANY (tgattr) WHERE attname <> 'id'" "amount amount amount"
drop_database "${database}_one"

case_begin "two columns of a table at once, with a view over both, behind the gate"
first() { items '  qty  BigInt' '  size BigInt @default(1)'; }
change() { items '  qty  Int' '  size Int @default(1)'; }
folder
production qty one
psql_ "$live" -c 'CREATE VIEW both_of_them AS SELECT id, qty + size AS sum FROM "Item" WHERE size > qty'
expect 0 bellows migrate resolve --applied "$(basename prisma/migrations/*_init)" --url "$live"
before=$(shape "$live")
expect 0 bellows migrate deploy --url "$live"
expect 0 bellows migrate deploy --contract --url "$live"
same "$before" "$(shape "$live")"
drop_database "${database}_one"

case_begin "what cannot be made anew is named before anything is changed; dropped and made again in the migration it goes on"
first() { items '  qty  Int'; }
change() { widened; }
folder
production qty one
expect 0 bellows migrate resolve --applied "$(basename prisma/migrations/*_init)" --url "$live"
refused() { # what is said
    expect 3 bellows migrate deploy --url "$live"
    says E0542
    says "$1"
    url=$live query_gives "SELECT count(*) FROM _prisma_migrations; SELECT count(*) FROM pg_attribute WHERE attname = 'qty__bellows'" $'1\n0'
}
psql_ "$live" -c 'CREATE MATERIALIZED VIEW kept AS SELECT "Q" FROM v3'
refused 'materialized view public.kept depends on'
psql_ "$live" -c 'DROP MATERIALIZED VIEW kept' -c 'ALTER TABLE "Item" ADD CONSTRAINT few CHECK (qty < 1000)'
refused 'constraint few on table public."Item"'
psql_ "$live" -c 'ALTER TABLE "Item" DROP CONSTRAINT few' -c 'CREATE FUNCTION of_row(v3) RETURNS int LANGUAGE sql AS '\''SELECT 1'\'
refused 'function public.of_row(public.v3)'
psql_ "$live" -c 'DROP FUNCTION of_row(v3)' -c "ALTER TABLE \"Item\" ADD COLUMN twice int GENERATED ALWAYS AS (qty * 2) STORED"
refused 'twice'
psql_ "$live" -c 'ALTER TABLE "Item" DROP COLUMN twice'
if [ "$major" -ge 14 ]; then
    psql_ "$live" -c 'CREATE FUNCTION sum_of() RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT sum("Q") FROM v3; END'
    refused 'function public.sum_of()'
    psql_ "$live" -c 'DROP FUNCTION sum_of()'
fi
psql_ "$live" -c 'CREATE MATERIALIZED VIEW kept AS SELECT "Q" FROM v3'
last=$(echo prisma/migrations/*_change_*_tighten | tr ' ' '\n' | tail -1)/migration.sql
{ sed -n '1,/^-- SetAside/p' "$last"; echo 'DROP MATERIALIZED VIEW IF EXISTS kept;'; sed '1,/^-- SetAside/d' "$last"; } > edited
mv edited "$last"
expect 0 bellows migrate deploy --url "$live"
url=$live query_gives 'SELECT pg_typeof("Q") FROM v3 LIMIT 1' bigint
drop_database "${database}_one"

case_begin "what does not work over another kind of type is named before anything is changed"
first() { items '  qty  Int'; }
change() { items '  qty  String'; }
folder
live=$(database_url "${database}_one")
psql_ "$BELLOWS_TEST_URL" -c "CREATE DATABASE ${database}_one"
psql_ "$live" -f "$(echo prisma/migrations/*_init/migration.sql)"
psql_ "$live" -c 'CREATE SCHEMA "Oth er"' -c 'CREATE VIEW fits AS SELECT id, qty AS q FROM "Item" GROUP BY id' \
    -c 'CREATE FUNCTION of_item("Item") RETURNS int LANGUAGE sql AS '\''SELECT 1'\' \
    -c 'CREATE VIEW by_row AS SELECT of_item(i.*), i.qty FROM "Item" AS i' \
    -c 'CREATE VIEW "Oth er".more AS SELECT q FROM public.fits WHERE q > 5' -c 'CREATE VIEW "the last" AS SELECT q FROM "Oth er".more' \
    -c 'CREATE POLICY few ON "Item" USING (qty < 9)' -c 'CREATE FUNCTION looked() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$' \
    -c 'CREATE TRIGGER t1 BEFORE UPDATE OF qty ON "Item" FOR EACH ROW WHEN (OLD.qty = 7) EXECUTE FUNCTION looked()' \
    -c 'CREATE RULE r1 AS ON UPDATE TO "Item" WHERE new.qty > 3 DO ALSO NOTHING'
expect 0 bellows migrate resolve --applied "$(basename prisma/migrations/*_init)" --url "$live"
refused 'view "Oth er".more, which does not work over the new type (operator does not exist: text > integer)'
says 'policy few on table public."Item", which does not work'
says 'trigger t1 on table public."Item", which does not work'
says 'rule r1 on table public."Item", which does not work'
says_not 'public.fits, which'
says_not 'public.by_row, which'
psql_ "$live" -c 'DROP VIEW "Oth er".more CASCADE' -c 'DROP POLICY few ON "Item"' -c 'DROP TRIGGER t1 ON "Item"' -c 'DROP RULE r1 ON "Item"'
expect 0 bellows migrate deploy --url "$live"
expect 0 bellows migrate deploy --contract --url "$live"
url=$live query_gives "SELECT format_type(atttypid, NULL) FROM pg_attribute WHERE attrelid = 'fits'::regclass AND attname = 'q'" text
drop_database "${database}_one"

case_begin "a role that is no superuser: what others own or grant is named; a function that somebody plants is not read"
first() { items '  qty  Int'; }
change() { widened; }
folder
psql_ "$BELLOWS_TEST_URL" -c 'CREATE ROLE aside_deployer LOGIN' -c 'CREATE ROLE aside_stranger LOGIN' -c "CREATE DATABASE ${database}_one OWNER aside_deployer"
as() { database_url "${database}_one" | sed "s#//[^@]*@#//$1@#"; }
live=$(as aside_deployer)
psql_ "$(database_url "${database}_one")" -c 'GRANT ALL ON SCHEMA public TO aside_deployer, aside_stranger'
psql_ "$live" -f "$(echo prisma/migrations/*_init/migration.sql)"
psql_ "$live" -c 'CREATE VIEW mine AS SELECT id, qty FROM "Item"' -c 'GRANT SELECT ON "Item" TO aside_stranger' \
    -c 'GRANT SELECT ON mine TO aside_stranger WITH GRANT OPTION'
expect 0 bellows migrate resolve --applied "$(basename prisma/migrations/*_init)" --url "$live"
psql_ "$(as aside_stranger)" -c 'GRANT SELECT ON mine TO PUBLIC' -c 'CREATE VIEW theirs AS SELECT qty FROM "Item"'
refused 'view public.mine with its rights'
says 'view public.theirs, which belongs to aside_stranger,'
psql_ "$(as aside_stranger)" -c 'REVOKE SELECT ON mine FROM PUBLIC' -c 'DROP VIEW theirs' \
    -c "CREATE FUNCTION zzzz_bellows_aside() RETURNS text LANGUAGE sql AS \$\$ SELECT '[[\"DROP TABLE \\\"Item\\\"\"], []]' \$\$"
expect 1 bellows migrate deploy --url "$live"
says 'function "zzzz_bellows_aside" already exists'
psql_ "$(as aside_stranger)" -c 'DROP FUNCTION zzzz_bellows_aside()'
expect 0 bellows migrate resolve --rolled-back "$(psql_ "$live" -c 'SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NULL')" --url "$live"
expect 0 bellows migrate deploy --url "$live"
url=$live query_gives "SELECT relowner::regrole, replace(relacl::text, 'xtm', 'xt') FROM pg_class WHERE relname = 'mine'" \
    'aside_deployer|{aside_deployer=arwdDxt/aside_deployer,aside_stranger=r*/aside_deployer}'
drop_database "${database}_one"
psql_ "$BELLOWS_TEST_URL" -c 'DROP ROLE aside_deployer' -c 'DROP ROLE aside_stranger'

case_begin "in its place: by db push, and a type of another kind"
items '  qty  Int'
expect 0 bellows db push --url "$url"
psql_ "$url" -c 'CREATE VIEW v AS SELECT id, qty FROM "Item"' -c "INSERT INTO \"Item\" VALUES (1, '', 2)"
widened
expect 1 bellows db push --url "$url"
says 'the view `v` depends on the table `Item`'
expect 0 bellows db push --allow-hazard object-in-the-way --url "$url"
query_gives 'SELECT pg_typeof(qty), qty FROM v' 'bigint|2'
items '  qty  String'
psql_ "$url" -c 'CREATE VIEW more AS SELECT id FROM "Item" WHERE qty > 5'
expect 1 bellows db push --accept-data-loss --allow-hazard object-in-the-way --url "$url"
says 'operator does not exist'
says 'CREATE VIEW public.more'
query_gives 'SELECT pg_typeof(qty), qty FROM v; SELECT count(*) FROM more' $'bigint|2\n0'
psql_ "$url" -c 'DROP VIEW more'
expect 0 bellows db push --accept-data-loss --allow-hazard object-in-the-way --url "$url"
query_gives 'SELECT pg_typeof(qty), qty FROM v' 'text|2'
psql_ "$url" -c 'DELETE FROM "Item"' -c "COMMENT ON COLUMN \"Item\".qty IS 'how many'" -c 'GRANT SELECT (qty) ON "Item" TO aside_reader'
widened
expect 0 bellows db push --accept-data-loss --allow-hazard object-in-the-way --url "$url"
query_gives "SELECT format_type(atttypid, NULL), attacl, col_description(attrelid, attnum) FROM pg_attribute WHERE attrelid = '\"Item\"'::regclass AND attname = 'qty'" \
    'bigint|{aside_reader=r/postgres}|how many'
query_gives "SELECT format_type(atttypid, NULL) FROM pg_attribute WHERE attrelid = 'v'::regclass AND attname = 'qty'" bigint

case_begin "undone: the old type under the same objects"
items '  qty  Int'
expect 0 bellows migrate dev --name init --url "$url"
mkdir prisma/migrations/20270101000000_views
cat > prisma/migrations/20270101000000_views/migration.sql << 'END'
CREATE VIEW several AS SELECT id, qty FROM "Item" WHERE qty > 5;
CREATE VIEW fewer AS SELECT id, qty AS "Q" FROM several;
COMMENT ON COLUMN "Item".qty IS 'how many';
CREATE FUNCTION looked() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER looks AFTER UPDATE OF qty ON "Item" FOR EACH ROW EXECUTE FUNCTION looked();
END
expect 0 bellows migrate dev --url "$url"
before=$(shape "$url")
widened
expect 1 bellows migrate dev --name change --url "$url"
says 'the view `several` depends on'
[ ! -e "$(echo prisma/migrations/*_change*)" ] || fail "a migration was written"
expect 0 bellows migrate dev --name change --allow-hazard object-in-the-way --url "$url"
says 'trigger `looks` is made again over the new type of column `qty`'
same "$before" "$(shape "$url")"
query_gives "SELECT format_type(atttypid, NULL) FROM pg_attribute WHERE attrelid = 'fewer'::regclass AND attname = 'Q'" bigint
expect 0 bellows migrate dev --name nothing --url "$url"
says 'Already in sync'
expect 1 bellows migrate undo --url "$url"
expect 0 bellows migrate undo --allow-hazard object-in-the-way --url "$url"
same "$before" "$(shape "$url")"
query_gives "SELECT format_type(atttypid, NULL) FROM pg_attribute WHERE attrelid = 'fewer'::regclass AND attname = 'Q'" integer

finish
