#!/usr/bin/env bash
# Runs one Criterion program. Criterion's workers print a leak and still pass, so the sanitizers write to
# a log instead, and a log that exists fails the run.
set -u
logs=$(mktemp -d)
trap 'rm -rf "$logs"' EXIT
ASAN_OPTIONS="log_path=$logs/asan:detect_leaks=1${ASAN_OPTIONS:+:$ASAN_OPTIONS}" "$1" -j2
status=$?
for log in "$logs"/*; do
    [ -e "$log" ] || continue
    cat "$log"
    status=1
done
exit $status
