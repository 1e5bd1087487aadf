#!/usr/bin/env bash
# majors.sh [-R REGEX] [--build FOLDER] [MAJOR...] - the live tests against these majors of PostgreSQL, all seven without one.
#
# Installs what is missing of the server programs (majors/install.sh), then runs the live tests of the built tree, and
# those of the tier conformance that need a server. The last lines give a count for each major; the exit code is 1 if any
# test failed on any of them. -R: only tests whose name matches, e.g. -R 'live_(load|canon)'.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
build=build/dev tests='^live_'
while [ $# -gt 0 ]; do
    case $1 in
        -R) tests=$2 && shift 2 ;;
        --build) build=$2 && shift 2 ;;
        -*)
            sed -n '2,6s/^# \{0,1\}//p' "$0" >&2
            exit 64
            ;;
        *) break ;;
    esac
done
[ $# -gt 0 ] || set -- 12 13 14 15 16 17 18
programs=build/majors
tests/live/majors/install.sh "$programs" "$@"

status=0 summary=''
for major in "$@"; do
    log=$build/major-$major.log
    printf '\n==> PostgreSQL %s\n' "$major"
    tests/live/majors/with.sh "$PWD/$programs" "$major" ctest --test-dir "$build" --output-on-failure -R "$tests" \
        -E '_on_[0-9]+$' < /dev/null 2>&1 | tee "$log" || status=1
    summary+=$(printf 'PostgreSQL %s: %s, %s skipped' "$major" "$(grep -E '^[0-9]+% tests passed' "$log" || echo 'no tests were run')" \
        "$(grep -c '\*\*\*Skipped' "$log" || true)")$'\n'
done
printf '\n%s' "$summary"
exit "$status"
