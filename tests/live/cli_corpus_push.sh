#!/usr/bin/env bash
# cli_corpus_push.sh BELLOWS [FILTER] - every schema and every edit of the conformance corpus, by db push. A plan applied leaves
# nothing: after each push the difference between the database and the schema is empty.
# shellcheck source=tests/harness/cli.bash
source "$(dirname "$0")/../harness/cli.bash"
# shellcheck source=tests/harness/corpus.bash
source "$(dirname "$0")/../harness/corpus.bash"

push() {
    attempt "$1" bellows db push --accept-data-loss --url "$url" || return
    expect 0 bellows migrate diff --from-url "$url" --to-schema "$schema_path" --exit-code
}

push_case() {
    if [ -e "$case_dir/to" ] || [ -e "$case_dir/to.prisma" ]; then
        push from && push to
    else
        push schema
    fi
}

corpus_begin 1 "${2-}"
each_case schemas edits divergent -- push_case
corpus_finish
