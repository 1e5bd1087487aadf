#!/usr/bin/env bash
# with.sh FOLDER MAJOR COMMAND... - runs the command with the server programs that install.sh put into FOLDER/MAJOR.
# Exit code 77 when there are none.
#
# Root's servers run as somebody else. Where that somebody may not enter FOLDER, the command gets a copy elsewhere.
set -euo pipefail
programs=${1:?usage: with.sh FOLDER MAJOR COMMAND...}/${2:?}
major=$2
shift 2
if [ ! -x "$programs/bin/postgres" ]; then
    echo "SKIPPED: no PostgreSQL $major in $programs (tests/live/majors/install.sh puts it there)"
    exit 77
fi
if [ "$(id -u)" -eq 0 ] && ! setpriv --reuid=65534 --clear-groups test -x "$programs/bin/postgres"; then
    copy=$(mktemp -d)
    trap 'rm -rf "$copy"' EXIT
    chmod 755 "$copy"
    cp -a "$programs" "$copy/"
    programs=$copy/$major
fi
export BELLOWS_PG_BINDIR=$programs/bin
"$@"
