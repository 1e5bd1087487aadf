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

finish
