#!/usr/bin/env bash
# A server that answers nonsense: each command says so with a code, none crashes, none waits forever, none shows the password. Then one
# answer of a real server at a time is nonsense, while a deploy runs. BELLOWS_ODD=all: each answer and way, of every command.
# shellcheck source=tests/harness/cli.bash
source "$(dirname "$0")/../harness/cli.bash"
here=$(dirname "$(realpath "$0")")

# odd MODE [SOCKET NUMBER]: starts the server, and sets DATABASE_URL to it.
odd() {
    local i
    socket=$(mktemp -d)
    : > "$socket/log"
    python3 "$here/../harness/odd_server.py" "$1" "$socket" "${@:2}" >> "$socket/log" &
    server=$!
    for ((i = 0; i < 200; i++)); do
        grep -q ready "$socket/log" && break
        sleep 0.05
    done
    grep -q ready "$socket/log" || fail "the odd server does not start: $1"
    export DATABASE_URL="postgresql://postgres:s3cret@localhost/$database?host=$socket"
}
gone() {
    kill "$server"
    wait "$server" 2> /dev/null
    rm -r "$socket"
}

# judged WHAT WORDS...: how a command ends. An answer that tells nothing wrong may go unnoticed: `may` is 0 then.
judged() {
    out=$(timeout 60 "$bellows" "${@:2}" < /dev/null 2>&1)
    code=$?
    case $code in 124 | 13[0-9]) fail "$1: exit code $code: ${*:2}" ;; esac
    case $out in *AddressSanitizer* | *"runtime error:"* | *LeakSanitizer*) fail "$1: a sanitizer spoke: ${*:2}" ;; esac
    case $out in *s3cret*) fail "$1: the password is shown: ${*:2}" ;; esac
    case $code:$out in $may:* | *'error['*) ;; *) fail "$1: exit code $code without a word: ${*:2}" ;; esac
}

project() {
    user_schema '  name String'
    printf 'CREATE TABLE done (a int);\n' > done.sql
    mkdir -p prisma/migrations/20250101000000_a prisma/migrations/20250101000001_b
    printf 'provider = "postgresql"\n' > prisma/migrations/migration_lock.toml
    printf '%s\n' 'CREATE TABLE t (id int PRIMARY KEY, v int);' 'INSERT INTO t SELECT generate_series(1, 500);' \
        'CREATE TYPE e AS ENUM ($$a$$);' 'CREATE TABLE p (a int, s e, u serial) PARTITION BY LIST (a);' \
        'CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);' > prisma/migrations/20250101000000_a/migration.sql
    printf '%s\n' 'CREATE INDEX CONCURRENTLY ON t (v);' 'CREATE INDEX CONCURRENTLY named ON t (v);' \
        '-- bellows: backfill table="t" key="id"' 'UPDATE t SET v = 1 WHERE v IS NULL;' \
        '-- bellows: backfill table="t"' 'UPDATE t SET v = NULL WHERE v IS NOT NULL;' \
        'REINDEX TABLE CONCURRENTLY t;' > prisma/migrations/20250101000001_b/migration.sql
}
commands=("migrate status" check "migrate deploy" "db push --skip-generate" "migrate reset --force --skip-generate" "db pull --print"
    "migrate dev --skip-generate --name x" "migrate resolve --no-verify --applied 20250101000000_a" "db execute --file done.sql" "migrate undo")

case_begin "a server that answers nonsense"
project
for mode in nulls absent columns garbage many numbers refuses gone copy endless; do
    odd "$mode"
    for words in "${commands[@]}"; do
        may=none
        # a script has no answer that is looked at
        case $words:$mode in 'db execute'*:garbage | 'db execute'*:numbers) may=0 ;; esac
        # shellcheck disable=SC2086
        judged "$mode" $words
    done
    gone
done

# through MODE NTH WORDS...: with that answer changed; $count: how many there were.
through() {
    drop_database "$database"
    psql_ "$BELLOWS_TEST_URL" -c "CREATE DATABASE $database"
    [ "${*:3}" = "migrate deploy" ] || expect 0 env DATABASE_URL="$url" "$bellows" migrate deploy
    odd "$1" "$there" "$2"
    judged "answer $2: $1" "${@:3}"
    count=$(grep -c answer "$socket/log")
    gone
}

there=$(psql_ "$BELLOWS_TEST_URL" -c "SELECT split_part(current_setting('unix_socket_directories'), ',', 1) || '/.s.PGSQL.' || current_setting('port')")
may='[0-9]*' first=3 step=15
if [ "${BELLOWS_ODD:-}" = all ]; then
    first=1 step=1
else
    commands=("migrate deploy")
fi
case_begin "an interrupt while a long script is sent"
project
{
    printf "CREATE TABLE long AS SELECT '"
    head -c 6000000 /dev/zero | tr '\0' x
    printf "' AS t;\n"
} > long.sql
odd slow "$there" 0
"$bellows" db execute --file long.sql > long.log 2>&1 < /dev/null &
sender=$!
for ((i = 0; i < 1200; i++)); do
    grep -q sending "$socket/log" && break
    sleep 0.05
done
kill -INT "$sender"
wait "$sender"
code=$? out=$(cat long.log)
[ "$code" -eq 130 ] || fail "interrupted, exit code $code"
says interrupted
says_not 'error['
gone
query_gives "SELECT to_regclass('long') IS NULL" t

case_begin "an interrupt while a long script is sent to a temporary shadow: the shadow goes"
project
mkdir prisma/migrations/20250101000002_c
{
    printf "CREATE TABLE long AS SELECT '"
    head -c 3000000 /dev/zero | tr '\0' x
    printf "' AS t;\n"
} > prisma/migrations/20250101000002_c/migration.sql
odd slow "$there" 0
"$bellows" check --replay=shadow > long.log 2>&1 < /dev/null &
sender=$!
for ((i = 0; i < 1200; i++)); do
    grep -q sending "$socket/log" && break
    sleep 0.05
done
query_gives "SELECT count(*) FROM pg_database WHERE datname LIKE 'bellows\\_shadow\\_%'" 1
kill -INT "$sender"
wait "$sender"
code=$? out=$(cat long.log)
[ "$code" -eq 130 ] || fail "interrupted, exit code $code"
gone
query_gives "SELECT count(*) FROM pg_database WHERE datname LIKE 'bellows\\_shadow\\_%'" 0

case_begin "one answer that is nonsense"
project
for words in "${commands[@]}"; do
    # shellcheck disable=SC2086
    through nulls 0 $words
    answers=$count
    [ "$answers" -gt 1 ] || fail "no answers: $words"
    for mode in nulls garbage absent columns lost double; do
        for ((nth = first; nth <= answers; nth += step)); do
            # shellcheck disable=SC2086
            through "$mode" "$nth" $words
        done
        first=$((step == 1 ? 1 : first % step + 2))
    done
done
finish
