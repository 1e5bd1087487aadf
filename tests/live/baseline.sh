#!/usr/bin/env bash
# shellcheck disable=SC2154  # $url is cli.bash's
# A baseline taken from a database holds what the database holds, or says at its head what it leaves out.
#
#     baseline.sh BELLOWS BELLOWS_COMPARE
#
# Applied to a new database it makes the same one: `pg_dump -s` says so, and the comparison of `check`.
# shellcheck source=tests/harness/cli.bash
source "$(dirname "$0")/../harness/cli.bash"
compare=$(realpath "$2")
texts=$(realpath "$(dirname "${BASH_SOURCE[0]}")/baseline")
if [ "$(psql_ "$BELLOWS_TEST_URL" -c 'SHOW server_version_num')" -lt 150000 ]; then
    echo 'SKIPPED: objects of PostgreSQL 15'
    exit 77
fi

made() { # SQL: the case's database from the text, its baseline, and another database of that: $again
    psql_ "$url" -f "$texts/$1" > /dev/null 2> applied || { out=$(cat applied) && fail "$1"; }
    "$bellows" migrate diff --from-empty --to-url "$url" --script > baseline.sql 2> said || { out=$(cat said) && fail 'no baseline'; }
    psql_ "$BELLOWS_TEST_URL" -c "CREATE DATABASE ${database}_again" > /dev/null
    again=$(database_url "${database}_again")
    psql_ "$again" -1 -f baseline.sql > /dev/null 2> applied || { out=$(cat applied) && fail 'the baseline does not run'; }
}
dump() { pg_dump -s "$1" | grep -v '^.\(un\)\?restrict '; }
gone() { drop_database "${database}_again"; }

case_begin 'what can be made is made, and nothing is different'
made made.sql
out=$(grep '^--   ' baseline.sql)
[ "$out" = "--   schema, which is not the project's: extensions" ] || fail 'more is left out'
expect 0 "$compare" "$url" "$again"
if dump "$url" > one 2> /dev/null; then
    dump "$again" > other
    out=$(diff one other) || fail 'the dumps differ'
else
    echo '  no pg_dump for this server: the dumps are not compared'
fi
mkdir -p prisma/migrations/0_init
mv baseline.sql prisma/migrations/0_init/migration.sql
echo 'provider = "postgresql"' > prisma/migrations/migration_lock.toml
expect 0 bellows db pull --url "$url"
expect 0 bellows migrate resolve --applied 0_init --url "$url"
expect 0 bellows check --url "$url"
says 'Schema, migrations and database agree.'
gone
psql_ "$url" -c 'DROP OWNED BY baseline_owner, baseline_reader CASCADE' -c 'DROP ROLE baseline_owner, baseline_reader' > /dev/null 2>&1

case_begin 'what cannot be made is named: every difference is of something that is'
made left.sql
sed -n '/^--   /s/^--   //p' baseline.sql > named
expect 2 "$compare" "$url" "$again"
# A difference names the object in backquotes, a line of the head names it behind its kind, or the schema it is in.
while IFS= read -r difference; do
    object=$(sed 's/^[^`]*`\([^`]*\)`.*/\1/' <<< "$difference")
    case $difference in
        *elsewhere* | *hidden*) object="schema, which is not the project's: elsewhere" ;;
        *'OWNED BY counted.a'*) object='shared, which nobody owns, of column a on counted' ;;
        *) object=" $object" ;;
    esac
    grep -qF -e "$object" named || fail "not named: $difference"
done < <(grep '^\[[-+*]\]' <<< "$out" | tee differences)
# And what is named is different: nothing is left out that is there.
while IFS= read -r line; do
    grep -qF "${line##* }" <<< "$out" || fail "named, and not different: $line"
done < named
for list in differences named; do
    [ "$(wc -l < $list)" -ge 20 ] || fail "few are there: $list"
done
gone

case_begin 'a dump is what it was taken from, whichever way it is replayed'
psql_ "$url" -c 'CREATE SCHEMA beside' -c 'CREATE TABLE beside.t (id int PRIMARY KEY)' -c "COMMENT ON TABLE beside.t IS 'x'" \
    -c 'CREATE TABLE held (id serial PRIMARY KEY)' -c 'CREATE VIEW held_view AS SELECT id FROM held' -c 'GRANT SELECT ON held TO PUBLIC' > /dev/null
if dump "$url" > dump.sql 2> /dev/null; then
    for way in memory shadow; do
        expect 0 bellows migrate diff --from-sql dump.sql --to-url "$url" --script --exit-code --replay=$way
        expect 0 bellows migrate diff --from-url "$url" --to-sql dump.sql --script --exit-code --replay=$way
    done
else
    echo '  no pg_dump for this server: no dump is read'
fi

finish
