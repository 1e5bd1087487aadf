#!/usr/bin/env bash
# A large database that was just made, as a replayed migrations folder leaves one: the server has no statistics of its catalogs
# yet, and a query that is not bound to their indexes reads them in a loop.
# shellcheck source=tests/harness/cli.bash
source "$(dirname "$0")/../harness/cli.bash"

case_begin "400 tables with checks, keys, partial indexes and functions are read within five seconds"
psql_ "$url" << 'SQL' || fail "no tables"
DO $$ BEGIN
  FOR i IN 1..400 LOOP
    EXECUTE format('CREATE TABLE t%1$s (
      id int PRIMARY KEY, a int CHECK (a > 0), b int CHECK (b > a), c int REFERENCES t%1$s, d text, e text)', i);
    EXECUTE format('CREATE INDEX ON t%1$s (d) WHERE a > 1', i);
    EXECUTE format('CREATE INDEX ON t%1$s (e)', i);
    EXECUTE format('CREATE FUNCTION f%1$s(t%1$s) RETURNS int LANGUAGE sql AS ''SELECT 1''', i);
  END LOOP;
END $$;
SQL
expect 0 timeout 5 "$bellows" migrate diff --from-url "$url" --to-empty --script
[ "$(grep -c '^DROP TABLE' <<< "$out")" = 400 ] || fail "not all tables were read"

# interrupted_at_work WORDS...: once the command has worked for half a second.
interrupted_at_work() {
    local pid i ticks=0
    "$bellows" "$@" > at_work.log 2>&1 < /dev/null &
    pid=$!
    for ((i = 0; i < 2400 && ticks < 50; i++)); do
        ticks=$(cut -d' ' -f14 "/proc/$pid/stat" 2> /dev/null || echo 100)
        sleep 0.05
    done
    kill -INT "$pid"
    wait "$pid"
    code=$? out=$(cat at_work.log)
    [ "$code" -eq 130 ] || fail "interrupted, exit code $code: $*"
    says 'interrupted'
}

case_begin "while a long script is read, an interrupt is answered at once"
user_schema
mkdir -p prisma/migrations/20250101000000_long
printf 'provider = "postgresql"\n' > prisma/migrations/migration_lock.toml
yes "INSERT INTO t VALUES (1, 'a text of some length, so that there are not too many statements of them');" | head -n 300000 \
    > prisma/migrations/20250101000000_long/migration.sql
interrupted_at_work migrate deploy --url "$url"
says_not 'error[' # of a server that was waited for
query_gives "SELECT to_regclass('t') IS NULL" t
interrupted_at_work check --url "$url"

finish
