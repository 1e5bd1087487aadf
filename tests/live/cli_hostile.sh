#!/usr/bin/env bash
# Names that mean harm (tests/fuzz/hostile.c makes them) on a server: nothing they say is executed, no command's output
# holds what a terminal or a CI service would obey, JSON is JSON. Three pairs of schemas; BELLOWS_HOSTILE=N for more,
# BELLOWS_HOSTILE_SEED for others.
# shellcheck source=tests/harness/cli.bash
source "$(dirname "$0")/../harness/cli.bash"
hostile=$(realpath "${2:?usage: cli_hostile.sh BELLOWS HOSTILE}")
first=${BELLOWS_HOSTILE_SEED:-1}
count=${BELLOWS_HOSTILE:-3}
obeyed='[\x00-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f\xad]|\xe2\x80[\x8b-\x8f\xa8-\xae]|\xe2\x81[\xa0-\xaf]|\xef\xbb\xbf'

unhurt() {
    local made
    made=$(psql_ "$url" -c "SELECT count(*) FROM pg_class WHERE relname = 'pwned'")
    [ "$made" = 0 ] || fail "what a name says was executed: $1"
}

# harmless FILE WHAT: nothing in it that a terminal obeys, no workflow command
harmless() {
    if LC_ALL=C grep -aqP "$obeyed" "$1"; then out=$(cat -v "$1"); fail "a terminal would obey: $2"; fi
    if grep -aqE '^[[:space:]]*::|##\[|##vso\[' "$1"; then out=$(cat -v "$1"); fail "a workflow command: $2"; fi
}

# run CODE ARGS...: both streams apart, each harmless
run() {
    local want=$1
    shift
    "$bellows" "$@" >stdout 2>stderr </dev/null
    code=$?
    out=$(cat -v stdout stderr)
    case $out in *AddressSanitizer* | *"runtime error:"*) fail "a sanitizer spoke: $*" ;; esac
    [[ " $want " == *" $code "* ]] || fail "exit code $code, not $want: $*"
    harmless stderr "$* (standard error)"
    unhurt "$*"
}

# as TEXT, DATA, JSON or GITHUB: run and judge standard output so
as() {
    local kind=$1
    shift
    run "$@"
    case $kind in
    TEXT) harmless stdout "$*" ;;
    JSON)
        { printf "SELECT \$hostile_json\$"; tr -d '\n' <stdout; printf "\$hostile_json\$::json IS NOT NULL;\n"; } >parse.sql
        psql_ "$url" -f parse.sql 2>&1 | grep -qx t || fail "JSON is none: $*"
        ;;
    GITHUB) if grep -avqE '^::(error|warning) (file=|title=)' stdout; then out=$(cat -v stdout); fail "not an annotation: $*"; fi ;;
    esac
}

for ((seed = first; seed < first + count; seed++)); do
    case_begin "seed $seed"
    export DATABASE_URL=$url
    "$hostile" --write "$seed" . || fail "no schemas"
    cp from.prisma prisma/schema.prisma
    as TEXT 0 validate
    as TEXT 0 migrate dev --name init --skip-generate
    as TEXT 0 check
    as DATA 0 db pull --print
    as DATA 0 migrate diff --from-empty --to-schema prisma/schema.prisma --script
    cp to.prisma prisma/schema.prisma
    as TEXT '0 2' check
    as JSON '0 2' check --format json
    as GITHUB '0 2' check --format github
    as TEXT 0 plan
    as JSON 0 plan --format json
    as DATA 0 plan --format sql
    as TEXT 0 migrate diff --from-migrations prisma/migrations --to-schema prisma/schema.prisma
    as TEXT 0 migrate dev --name change --skip-generate --accept-data-loss
    as TEXT 0 migrate status
    as TEXT 0 check
    # by hand: drift, and an object the schema cannot say, both under a name that means harm
    psql_ "$url" >/dev/null 2>&1 <<'SQL'
DO $do$ DECLARE t record; n text := E'x\n::error file=y::pwned\n##[error]z\u202e\x1b[2J'; BEGIN
  FOR t IN SELECT c.oid::regclass AS name FROM pg_class c JOIN pg_namespace s ON s.oid = c.relnamespace
           WHERE c.relkind = 'r' AND s.nspname NOT LIKE 'pg\_%' AND s.nspname <> 'information_schema'
           AND c.relname NOT IN ('_prisma_migrations', '_bellows_progress') LOOP
    EXECUTE format('ALTER TABLE %s ADD COLUMN %I int', t.name, n);
    EXECUTE format('ALTER TABLE %s ADD CONSTRAINT %I CHECK (true)', t.name, n || 'c');
  END LOOP;
END $do$;
SQL
    as TEXT 2 check
    as JSON 2 check --format json
    as GITHUB 2 check --format github
    as TEXT '0 1' db pull
    as TEXT '0 1 2 3' migrate dev --name pulled --skip-generate
    # history rows and folders with such names
    mkdir -p $'prisma/migrations/20300101000000_x\n::error::pwned\033[2J'
    echo 'SELECT 1;' > $'prisma/migrations/20300101000000_x\n::error::pwned\033[2J/migration.sql'
    psql_ "$url" -c "INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, logs)
        VALUES ('1', 'x', E'20310101000000_y\n##[error]pwned\u202e', now(), E'it said\n::error::pwned\x1b[2J')" >/dev/null
    as TEXT '1 4' migrate status
    as JSON '2' check --format json
    as GITHUB '2' check --format github
    as TEXT '1 4' migrate deploy
    # a server's message that quotes such a name
    printf 'SELECT 1 FROM "a\n::error::pwned##[x]\033[2J";' >bad.sql
    as TEXT 1 db execute --file bad.sql --url "$url"
    cp from.prisma prisma/schema.prisma
    as TEXT '0 1 3' db push --accept-data-loss --skip-generate
done
finish
