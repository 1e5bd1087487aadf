#!/usr/bin/env bash
# What deploy --contract tells of pg_stat_statements: statements that name what goes.
# shellcheck disable=SC2154,SC2016,SC2034  # $url, $database are cli.bash's; SQL has dollar quotes
#
# Run through: private_server --setting shared_preload_libraries=pg_stat_statements -- statements.sh BELLOWS
# shellcheck source=tests/harness/cli.bash
source "$(dirname "$0")/../harness/cli.bash"

major=$(($(psql_ "$BELLOWS_TEST_URL" -c 'SHOW server_version_num') / 10000))
since='that ran since then' unknown='and does not tell whether they ran since then'
tells() { # WHAT EXAMPLE: of one statement
    local when=$1
    [ "$when" != reset ] || when=$([ "$major" -ge 14 ] && echo "of what goes $since" || echo "of what goes, $unknown")
    [ "$when" != kept ] || when=$([ "$major" -ge 17 ] && echo "of what goes $since" || echo "of what goes, $unknown")
    says "; pg_stat_statements has 1 $when, such as: $2"
}
waits_at_its_gate() { # FIELDS-BEFORE FIELDS-AFTER
    production=$(database_url "${database}_prod")
    user_schema "$1"
    expect 0 bellows migrate dev --name init --url "$url"
    expect 0 bellows migrate deploy --url "$production"
    [ "$3" = without ] || psql_ "$production" -c 'CREATE SCHEMA stats; CREATE EXTENSION pg_stat_statements SCHEMA stats'
    user_schema "$2"
    expect 0 bellows migrate dev --name change --accept-data-loss --url "$url"
    expect 0 bellows migrate deploy --url "$production"
}

case_begin "without the extension nothing is told of it"
waits_at_its_gate '  name String' '' without
expect 0 bellows migrate deploy --contract --url "$production"
says 'gate `change`: no session is older than it'
says_not pg_stat_statements
drop_database "${database}_prod"

case_begin "a column that goes: what named it since the gate was reached, what did at some time, and nothing"
waits_at_its_gate '  name String' '' with
psql_ "$production" -c 'SELECT stats.pg_stat_statements_reset()' -c 'SELECT email FROM "User"' -c 'SELECT username FROM (SELECT 1 AS username) AS "User"' > /dev/null
expect 0 bellows migrate deploy --contract --url "$production"
says '; pg_stat_statements has none of what goes'
drop_database "${database}_prod"

case_begin "a column that goes, and was named"
waits_at_its_gate '  name String' '' with
psql_ "$production" -c 'SELECT stats.pg_stat_statements_reset()' -c 'SELECT "User"."name" FROM "User" WHERE id = 7' > /dev/null
expect 0 bellows migrate deploy --contract --url "$production"
tells reset 'SELECT "User"."name" FROM "User" WHERE id = $1'
drop_database "${database}_prod"

case_begin "a name that a view keeps: before 17 nobody can tell since when"
waits_at_its_gate '  name String?' "  /// @renamedFrom(name)
  fullName String?" with
psql_ "$production" -c 'UPDATE "User" SET "name" = NULL'
expect 0 bellows migrate deploy --contract --url "$production"
tells kept 'UPDATE "User"'
drop_database "${database}_prod"

case_begin "what is not of the extension is not read, whatever it is called"
waits_at_its_gate '  name String' '' without
psql_ "$production" -c "CREATE EXTENSION pg_stat_statements VERSION '1.7'" -c 'CREATE SEQUENCE fired' -c "CREATE VIEW pg_stat_statements_info AS SELECT now() AS stats_reset, nextval('fired')"
psql_ "$production" -c 'SELECT pg_stat_statements_reset()' -c 'SELECT "User"."name" FROM "User" WHERE id = 7' > /dev/null
expect 0 bellows migrate deploy --contract --url "$production"
says 'SELECT "User"."name" FROM "User" WHERE id = $1'
[ "$(psql_ "$production" -c 'SELECT is_called FROM fired')" = f ] || fail "a view of somebody else's was read"
drop_database "${database}_prod"

finish
