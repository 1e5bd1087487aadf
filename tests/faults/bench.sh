#!/usr/bin/env bash
# bench.sh BELLOWS [OPTION...]: bench.mjs, where there is a Node to run it.
command -v node > /dev/null || { echo "SKIPPED: no node"; exit 77; }
exec node "$(dirname "$0")/bench.mjs" "$@"
