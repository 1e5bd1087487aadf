#!/usr/bin/env bash
# The race for a key that two indexes serve (traffic/race.mjs), and a slice of the bench of changes under traffic
# (traffic/traffic.mjs; the long run: docs/testing.md).
#
#     BELLOWS_TEST_URL=postgresql://... traffic.sh BELLOWS
set -u
command -v node >/dev/null || { echo "SKIPPED: no node"; exit 77; }
here=$(dirname "$0")/traffic
node "$here/race.mjs" --rounds 200 || exit
exec node "$here/traffic.mjs" "${1:?usage: traffic.sh BELLOWS}" --rows 2000 --rate 300 --stay 300 --foreign 700 \
    --only column-renamed,key-to-bigint,text-to-enum
