#!/usr/bin/env bash
# A password is in no output of any command, whatever is wrong about what it stands in: a table of malformed URLs, each where a
# URL belongs and where none does, in arguments, the environment, `.env` files, the schema and a script.
# shellcheck source=tests/harness/cli.bash
source "$(dirname "$0")/../harness/cli.bash"
all=${BELLOWS_SECRETS:-} # each in every place; otherwise the places take turns
turn=0

secret=sWordF1sh
urls=(
    "postgresql://me:$secret@127.0.0.1:9/x"
    "postgre://me:$secret@127.0.0.1:9/x"
    "postgres:/me:$secret@127.0.0.1:9/x"
    "://me:$secret@127.0.0.1:9/x"
    "me:$secret@127.0.0.1:9/x"
    "prisma+postgres://127.0.0.1:9/?api_key=$secret"
    "mysql://me:$secret@127.0.0.1:9/x"
    "jdbc:postgresql://me:$secret@127.0.0.1:9/x"
    "postgresql://me:$secret"
    "postgresql://me:$secret/x"
    "postgresql://me:a@$secret@127.0.0.1:9/x"
    "postgresql://me:a:$secret@127.0.0.1:9/x"
    "postgresql://me:a/$secret@127.0.0.1:9/x"
    "postgresql://me:12/$secret@127.0.0.1:9/x"
    "postgresql://me:12#$secret@127.0.0.1:9/x"
    "postgresql://me:12?$secret@127.0.0.1:9/x"
    "postgresql://me:a#$secret@127.0.0.1:9/x"
    "postgresql://me:a?$secret@127.0.0.1:9/x"
    "postgresql://me:a b$secret@127.0.0.1:9/x"
    "postgresql://me:a\"b'$secret@127.0.0.1:9/x"
    "postgresql://me:a%zz$secret@127.0.0.1:9/x"
    "postgresql://me:$secret%@127.0.0.1:9/x"
    "postgresql://127.0.0.1:9/x?user=me&password=$secret"
    "postgresql://127.0.0.1:9/x?user=me&password=%zz$secret"
    "postgresql://me:$secret@127.0.0.1:nine/x"
    "postgresql://me:$secret@[::1/x"
    "postgresql://me:$secret@127.0.0.1:9/x?sslmode=never"
    "postgresql://me:$secret@127.0.0.1:9/x?connect_timeout=soon"
    "postgresql://me:$secret@127.0.0.1:9/x?sslidentity=a"
    "host=127.0.0.1 port=9 user=me password=$secret dbname=x"
    "host=127.0.0.1 port=9 password = 'a $secret'"
)

# every N ARGS...: tell, one time of N
every() {
    turn=$((turn + 1))
    if [ "$all" = all ] || [ $((turn % $1)) = 0 ]; then tell "${@:2}"; fi
}

# tell ARGS...: the command may say what it likes, but not that
tell() {
    out=$(timeout 20 "$bellows" "$@" 2>&1 </dev/null)
    code=$?
    case $out in
        *$secret*) fail "a password is told: $*" ;;
        *AddressSanitizer* | *"runtime error:"* | *LeakSanitizer*) fail "a sanitizer spoke: $*" ;;
    esac
    [ "$code" -ne 0 ] || [ "${may_work:-}" ] || fail "nothing is wrong: $*"
}

schema() {
    printf 'datasource db {\n  provider = "postgresql"\n  url      = %s\n}\n\nmodel T {\n  id Int @id\n}\n' "$1" >prisma/schema.prisma
}

case_begin "arguments"
schema 'env("DATABASE_URL")'
mkdir -p prisma/migrations
for given in "${urls[@]}"; do
    every 3 migrate status --url "$given"
    every 3 validate --schema "$given"
    every 3 migrate diff --from-empty --to-url "$given"
    may_work=1 every 3 migrate diff --from-migrations "$given" --to-empty
    every 3 plan --from "$given"
    every 3 "$given"
    every 3 migrate "$given"
    every 3 validate "$given"
    every 3 validate --nothing="$given"
    every 3 check --format "$given"
    every 3 db execute --file "$given" --url "$url"
    every 3 migrate resolve --applied "$given" --url "$url"
    every 3 migrate diff --from-empty --to-schema prisma/schema.prisma --rename "$given"
    may_work=1 every 3 migrate diff --from-empty --to-schema prisma/schema.prisma -o "$given"
done

case_begin "the environment and .env files"
schema 'env("DATABASE_URL")'
for given in "${urls[@]}"; do
    DATABASE_URL=$given every 3 migrate status
    DATABASE_URL=$given every 3 db pull
    DATABASE_URL=$given every 3 check --format json
    DATABASE_URL=$given every 3 check --format github
    printf 'DATABASE_URL=%s\nB ROKEN %s\n=%s\n"%s\n' "$given" "$given" "$given" "$given" >.env
    may_work=1 every 2 migrate status
    rm .env
done

case_begin "a literal in the schema, and its line under a caret"
for given in "${urls[@]}"; do
    quoted=${given//\"/\\\"}
    schema "\"$quoted\""
    every 5 migrate status
    every 5 db push
    for wrong in "\"$quoted\" extra" "\"$quoted\"\n  url = \"$quoted\"" "\"$quoted" "envv(\"$quoted\")" "[\"$quoted\"]"; do
        schema "$(printf '%b' "$wrong")"
        every 5 validate
        every 5 validate --json
        every 5 migrate diff --from-empty --to-schema prisma/schema.prisma
    done
done

case_begin "statements that set one"
schema 'env("DATABASE_URL")'
export DATABASE_URL=$url
mkdir -p prisma/migrations/1_a
printf 'provider = "postgresql"\n' >prisma/migrations/migration_lock.toml
printf "CREATE ROLE nobody_%s PASSWORD '%s' NONSENSE;\n" $$ "$secret" >prisma/migrations/1_a/migration.sql
tell migrate deploy
query_gives "SELECT count(*), count(*) FILTER (WHERE logs LIKE '%$secret%') FROM _prisma_migrations WHERE logs <> ''" '1|0'
tell db execute --file prisma/migrations/1_a/migration.sql --url "$url"
unset DATABASE_URL
finish
