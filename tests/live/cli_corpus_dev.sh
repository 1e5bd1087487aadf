#!/usr/bin/env bash
# cli_corpus_dev.sh BELLOWS [FILTER] - every edit of the conformance corpus through a migrations folder, by migrate dev with the
# online strategy. Afterwards check has nothing to say and the plan is empty.
# Each migrate dev makes shadow databases, so every third case is taken; BELLOWS_CORPUS=all takes all.
# shellcheck source=tests/harness/cli.bash
source "$(dirname "$0")/../harness/cli.bash"
# shellcheck source=tests/harness/corpus.bash
source "$(dirname "$0")/../harness/corpus.bash"

dev() {
    attempt "$1" bellows migrate dev --name "$1" --accept-data-loss --url "$url"
}

dev_case() {
    if [ -e "$case_dir/to" ] || [ -e "$case_dir/to.prisma" ]; then
        dev from && dev to || return
    else
        dev schema || return
    fi
    expect 0 bellows check --url "$url" --schema "$schema_path"
    expect 0 bellows migrate diff --from-url "$url" --to-schema "$schema_path" --exit-code
}

corpus_begin 3 "${2-}"
each_case edits divergent -- dev_case
corpus_finish
