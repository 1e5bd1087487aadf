# cli.bash - what the live tests of the command line share. Sourced; expects $1 = bellows.
#
# Each test works in a folder of its own with a database of its own. A failed expectation prints what
# happened and is counted; `finish` prints the closing line and exits.
#
#     source "$(dirname "$0")/../harness/cli.bash"
#     case_begin "a name"            a new folder, a new database: $url, $PWD
#     expect CODE bellows ARGS...    runs, compares the exit code; output in $out (both streams)
#     says TEXT                      $out holds TEXT (a fixed string)
#     finish

set -u
bellows=$(realpath "${1:?usage: TEST BELLOWS}")
: "${BELLOWS_TEST_URL:?needs a server: run through private_server}"
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
chmod 755 "$root"
passed=0 failed=0 skipped=0 number=0 case_name='' case_failed=0
out='' code=0
unset DATABASE_URL SHADOW_DATABASE_URL
# Of callers that a person's word is wanted from (cli/console/callers.def).
while IFS='"' read -r _ _ _ variable _; do unset "$variable"; done < <(grep '^CALLER(' "$(dirname "${BASH_SOURCE[0]}")/../../cli/console/callers.def")
export NO_COLOR=1 CI=true

database_url() { sed "s#/postgres?#/$1?#" <<< "$BELLOWS_TEST_URL"; }

# shellcheck source=tests/harness/psql.bash
source "$(dirname "${BASH_SOURCE[0]}")/psql.bash"
psql_() { psql -X -q -A -t -v ON_ERROR_STOP=1 "$@"; }

# Connections that are still there are ended first: DROP DATABASE has no WITH (FORCE) before PostgreSQL 13.
drop_database() {
    psql_ "$BELLOWS_TEST_URL" -c "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '$1'" \
        -c "DROP DATABASE IF EXISTS $1" > /dev/null 2>&1
}

case_end() {
    [ -n "$case_name" ] || return 0
    if [ "$case_failed" -eq 0 ]; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
    printf '%s %s\n' "$([ "$case_failed" -eq 0 ] && echo ok || echo FAILED)" "$case_name"
    cd "$root" || exit 1
    drop_database "$database"
    case_name=''
}

case_begin() {
    case_end
    case_name=$1 case_failed=0 number=$((number + 1))
    database=cli_$$_$number
    psql_ "$BELLOWS_TEST_URL" -c "CREATE DATABASE $database" > /dev/null
    url=$(database_url "$database")
    mkdir -p "$root/$number/prisma"
    cd "$root/$number" || exit 1
}

fail() {
    case_failed=1
    printf '  %s: %s\n' "$case_name" "$1"
    printf '%s\n' "$out" | sed 's/^/    | /'
}

expect() {
    local want=$1
    shift
    if [ "$1" = bellows ]; then shift; set -- "$bellows" "$@"; fi
    out=$("$@" 2>&1)
    code=$?
    if [ "$code" -ne "$want" ]; then fail "exit code $code, not $want: $*"; fi
    case $out in
        *AddressSanitizer* | *"runtime error:"* | *LeakSanitizer*) fail "a sanitizer spoke: $*" ;;
    esac
}

says() { case $out in *"$1"*) ;; *) fail "does not say: $1" ;; esac; }
says_not() { case $out in *"$1"*) fail "says: $1" ;; esac; }

# The result of a query must be the text given.
query_gives() {
    local got
    got=$(psql_ "$url" -c "$1" 2>&1)
    if [ "$got" != "$2" ]; then out=$got; fail "query gives another result than '$2': $1"; fi
}

schema() { cat > prisma/schema.prisma; }

# The standard schema of the tests, with whatever is given put into model User.
user_schema() {
    schema << END
datasource db {
  provider = "postgresql"
}

model User {
  id    Int    @id @default(autoincrement())
  email String @unique
$(printf '%s\n' "$@")
}
END
}

skip() { skipped=$((skipped + 1)); printf 'SKIPPED %s: %s\n' "$1" "$2"; }

finish() {
    case_end
    printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
    [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
    exit
}
