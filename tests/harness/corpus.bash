# corpus.bash - what the tests that take every conformance case through a database share. Sourced after cli.bash.
#
#     corpus_begin STEP [FILTER]     the database; every STEPth case is taken, every Nth with BELLOWS_CORPUS=N, and all with
#                                    BELLOWS_CORPUS=all or a FILTER: only cases whose group/name contains it
#     each_case GROUP... -- FUNCTION calls FUNCTION for each case, in a folder of its own, with an empty database in
#                                    $url and the case's folder in $case_dir
#     attempt NAME COMMAND ...       makes the case's schema NAME (from, to, schema) the project's, $schema_path, and runs the
#                                    command, which must succeed, unless it is listed below; false: it did not
#     corpus_finish                  the closing lines, then exits
#
# All cases use one database, emptied between them: dropping schemas is ten times cheaper than making databases.
#
# needs.txt in a case's folder says which major it needs, and what of it: on older servers it is skipped aloud.
#
# What cannot be done is refused, and listed here: a row nobody needs is a failure like a refusal nobody listed.

declare -A refusal
corpus=$(realpath "$(dirname "${BASH_SOURCE[0]}")/../conformance")
refused=0

# refuses CASE/NAME TEXT: with the case's schema NAME the command must end with 1 and say TEXT. Above each row its reason.
refuses() { refusal[$1]=$2; }

# The language allows these, as the reference does; no PostgreSQL can build them.
refuses divergent/enum-and-model-of-one-name/schema 'type "kind" already exists'
refuses divergent/gist-on-text/schema 'no default operator class for access method "gist"'
refuses divergent/hash-on-two-columns/schema '"hash" does not support multicolumn indexes'
refuses divergent/varchar-zero/schema 'length for type varchar must be at least 1'
# Servers install newer versions than the one asked for, and no extension goes back.
refuses divergent/extension-version-added/to 'has no update path'

# Says so and is true when the server is too old for the case.
is_too_new() {
    local major what
    [ -f "$corpus/$1/needs.txt" ] || return 1
    read -r major what < "$corpus/$1/needs.txt"
    [ "$server_major" -lt "$major" ] || return 1
    skip "$1" "PostgreSQL $server_major does not have $what"
}

empty_database() {
    psql_ "$url" > /dev/null 2>&1 << 'SQL'
DO $$
DECLARE what record;
BEGIN
    FOR what IN SELECT extname FROM pg_extension WHERE extname <> 'plpgsql' LOOP
        EXECUTE format('DROP EXTENSION %I CASCADE', what.extname);
    END LOOP;
    FOR what IN SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' LOOP
        EXECUTE format('DROP SCHEMA %I CASCADE', what.nspname);
    END LOOP;
    CREATE SCHEMA public;
END
$$;
SQL
}

corpus_begin() {
    corpus_filter=${2-} corpus_step=$1 corpus_seen=0
    case ${BELLOWS_CORPUS-} in [1-9]*) corpus_step=$BELLOWS_CORPUS ;; esac
    if [ "${BELLOWS_CORPUS-}" = all ] || [ -n "$corpus_filter" ]; then corpus_step=1; fi
    server_major=$(($(psql_ "$BELLOWS_TEST_URL" -c 'SHOW server_version_num') / 10000))
    case_begin "the corpus"
    case_name=''
}

corpus_case() {
    corpus_end
    case_name=$1 case_failed=0 case_dir=$corpus/$1 number=$((number + 1))
    empty_database || fail "the database could not be emptied"
    mkdir -p "$root/$number/prisma"
    cd "$root/$number" || exit 1
    if [ -f "$case_dir/setup.sql" ]; then psql_ "$url" -f "$case_dir/setup.sql"; fi
}

corpus_end() {
    [ -n "$case_name" ] || return 0
    if [ "$case_failed" -eq 0 ]; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "FAILED $case_name"; fi
    case_name=''
}

use() {
    find prisma -name '*.prisma' -delete
    if [ -d "$case_dir/$1" ]; then
        schema_path=prisma/schema
        mkdir -p prisma/schema
        cp -r "$case_dir/$1/." prisma/schema
    else
        schema_path=prisma/schema.prisma
        cp "$case_dir/$1.prisma" prisma/schema.prisma
    fi
}

attempt() {
    local key=$case_name/$1
    use "$1"
    shift
    if [ -z "${refusal[$key]-}" ]; then
        expect 0 "$@" --schema "$schema_path"
        [ "$code" -eq 0 ]
        return
    fi
    expect 1 "$@" --schema "$schema_path"
    says "${refusal[$key]}"
    refused=$((refused + 1))
    unset "refusal[$key]"
    return 1
}

each_case() {
    local group case groups=()
    while [ "$1" != -- ]; do
        groups+=("$1")
        shift
    done
    for group in "${groups[@]}"; do
        for case in "$corpus/$group"/*/; do
            case=$group/$(basename "$case")
            case $case in *"$corpus_filter"*) ;; *) continue ;; esac
            corpus_seen=$((corpus_seen + 1))
            [ $((corpus_seen % corpus_step)) -eq 0 ] || continue
            if is_too_new "$case"; then continue; fi
            corpus_case "$case"
            "$2"
        done
    done
    corpus_end
}

corpus_finish() {
    local left
    for left in "${!refusal[@]}"; do
        [ "$corpus_step" -eq 1 ] || continue
        case $left in *"$corpus_filter"*) ;; *) continue ;; esac
        echo "FAILED $left: listed as refused, but it was not"
        failed=$((failed + 1))
    done
    printf '%d of them refused for a listed reason\n' "$refused"
    finish
}
