#!/usr/bin/env bash
# A server that has no connection left (53300), is starting up or shuts down (57P03, 57P01), at any connection a command opens or in its midst: it
# says so with a code and what to do, nothing is lost, and the next run goes on. And what is said where a setting of the role ends a session.
# shellcheck source=tests/harness/cli.bash
source "$(dirname "$0")/../harness/cli.bash"
here=$(dirname "$(realpath "$0")")
there=$(psql_ "$BELLOWS_TEST_URL" -c "SELECT split_part(current_setting('unix_socket_directories'), ',', 1) || '/.s.PGSQL.' || current_setting('port')")

project() {
    rm -rf prisma
    mkdir prisma
    user_schema '  name String?'
    mkdir -p prisma/migrations/2025010{1000000_kept,2000000_next}
    printf 'provider = "postgresql"\n' > prisma/migrations/migration_lock.toml
    printf 'CREATE TABLE "User" ("id" SERIAL PRIMARY KEY, "email" TEXT NOT NULL);\n' > prisma/migrations/20250101000000_kept/migration.sql
    printf '%s\n' 'CREATE UNIQUE INDEX CONCURRENTLY "User_email_key" ON "User" ("email");' 'ALTER TABLE "User" ADD COLUMN "name" TEXT;' > prisma/migrations/20250102000000_next/migration.sql
    mv prisma/migrations/20250102000000_next .
    export DATABASE_URL=$url
    expect 0 bellows migrate deploy
    expect 0 psql_ "$url" -c "INSERT INTO \"User\" (email) VALUES ('a'), ('b')"
    mv 20250102000000_next prisma/migrations/
}
# through MODE NUMBER COMMAND...: its outcome in $out and $code; $count: how many connections, or answers, there were.
through() {
    local i
    socket=$(mktemp -d)
    : > "$socket/log"
    python3 "$here/../harness/odd_server.py" "$1" "$socket" "$there" "$2" >> "$socket/log" &
    between=$!
    for ((i = 0; i < 200; i++)); do
        grep -q ready "$socket/log" && break
        sleep 0.05
    done
    out=$(DATABASE_URL="postgresql://postgres@localhost/$database?host=$socket" timeout 60 "$bellows" "${@:3}" 2>&1 < /dev/null)
    code=$?
    count=$(grep -c answer "$socket/log")
    kill "$between"
    wait "$between" 2> /dev/null
    rm -r "$socket"
    case $out in *AddressSanitizer* | *"runtime error:"* | *LeakSanitizer*) fail "a sanitizer spoke: $*" ;; esac
}
# What was there is there, unless the command did what it is for.
nothing_lost() {
    case $code:$1 in 0:migrate\ reset*) return ;; esac
    query_gives 'SELECT count(*) FROM "User"' 2
}
commands=("migrate status" check "migrate deploy" "db push --skip-generate --accept-data-loss" "migrate reset --force --skip-generate --skip-seed" "db pull --print"
    "migrate dev --skip-generate --name more" "check --replay=shadow")
declare -A refusal=([full]=E0402 [up]=P1001) advice=([full]='max_connections' [up]='wait until it is up')

for words in "${commands[@]}"; do
    case_begin "each connection of \`$words\` may be refused"
    project
    number=1 more=yes
    while [ $more = yes ]; do
        for mode in full up; do
            # shellcheck disable=SC2086
            through "$mode" "$number" $words
            nothing_lost "$words"
            [ "$count" -ge "$number" ] || more=no
            [ $more = yes ] || break
            query_gives "SELECT count(*) FROM pg_database WHERE datname LIKE 'bellows\\_shadow%'" 0
            case $words:$code in *shadow:2) continue ;; esac # it went another way: all that is pending is told
            [ "$code" -eq 1 ] || fail "connection $number: exit code $code"
            says "error[${refusal[$mode]}]"
            says "${advice[$mode]}"
        done
        number=$((number + 1))
    done
done

# Half of the way and near the end.
for words in "migrate deploy" "db push --skip-generate --accept-data-loss" "migrate reset --force --skip-generate --skip-seed"; do
    case_begin "\`$words\` while the server goes away"
    project
    # shellcheck disable=SC2086
    through slow 0 $words # how many answers there are; the database is made anew
    answers=$count
    for number in 2 $((answers / 2)) $((answers - 1)); do
        drop_database "$database"
        psql_ "$BELLOWS_TEST_URL" -c "CREATE DATABASE $database"
        project
        # shellcheck disable=SC2086
        through down "$number" $words
        case $number:$code in $((answers - 1)):0) ;; *)
            [ "$code" -eq 1 ] || fail "answer $number: exit code $code"
            says 'error[P1017]'
            says 'once it is up, run the command again'
            ;;
        esac
        case $words in *reset*) ;; *) nothing_lost "$words" ;; esac
        # shellcheck disable=SC2086
        expect 0 bellows $words
        query_gives 'SELECT count(name) FROM "User"' 0
    done
done

case_begin "what is said names the setting that ends a session"
project
role=busy_$$
psql_ "$url" -c "CREATE ROLE $role LOGIN SUPERUSER"
echo 'SELECT pg_sleep(3);' > prisma/migrations/20250102000000_next/migration.sql
settings=(statement_timeout:P1008:300)
version=$(psql_ "$url" -c "SELECT current_setting('server_version_num')::int / 10000")
[ "$version" -lt 17 ] || settings+=(transaction_timeout:P1017:300)
for entry in "${settings[@]}"; do
    IFS=: read -r setting refused value <<< "$entry"
    psql_ "$url" -c "ALTER ROLE $role RESET ALL" -c "ALTER ROLE $role SET $setting = $value"
    expect 1 bellows migrate deploy --url "${url/postgres@/$role@}"
    says "error[$refused]"
    says "$setting"
done
psql_ "$url" -c "ALTER ROLE $role RESET ALL" -c "ALTER ROLE $role NOLOGIN"
expect 1 bellows migrate status --url "${url/postgres@/$role@}"
says 'ALTER ROLE ... LOGIN'
psql_ "$url" -c "DROP ROLE $role"
expect 1 bellows migrate status --url "${url/postgres@/$role@}"
says 'error[P1010]'
says 'CREATE ROLE ... LOGIN'
says_not 'grant the user'
finish
