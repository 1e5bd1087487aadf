#!/usr/bin/env bash
# run.sh BELLOWS - run.mjs where there is a node to run it; else skipped (77), aloud.
set -eu
if ! command -v node >/dev/null; then
    echo "SKIPPED: node is not installed"
    exit 77
fi
exec node "$(dirname "$0")/run.mjs" --bellows "$1"
