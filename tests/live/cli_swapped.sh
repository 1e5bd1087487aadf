#!/usr/bin/env bash
# cli_swapped.sh BELLOWS SWAPPED - root in daemon's project, where a folder becomes a link to one of root's
# between any two looks at it: nothing there is made, changed, given away or destroyed.
# shellcheck source=tests/harness/cli.bash
source "$(dirname "$0")/../harness/cli.bash"
swapped=$(realpath "$2")
[ "$(id -u)" = 0 ] || { echo "SKIPPED not root"; exit 77; }
command -v runuser > /dev/null && id daemon > /dev/null 2>&1 || { echo "SKIPPED no runuser, or no user daemon"; exit 77; }
asan=$(ldd "$bellows" | awk '/libasan|libclang_rt.asan/ { print $3; exit }')

look() { (cd "$victim" && find . -printf '%M %U %s %T@ %p\n' | sort); }

# Everything is made anew: daemon's project p, a folder of root's beside it, a link to that in p/aside.
fresh() {
    cd "$root/$number" || exit 1
    rm -rf p victim
    mkdir -p p/prisma/migrations/20250101000000_a p/out victim/postgres victim/migrations victim/20250101000000_a
    victim=$PWD/victim
    local model='datasource db {\n  provider = "postgresql"\n}\n\nmodel T {\n  id Int @id\n %s}\n'
    # shellcheck disable=SC2059
    for file in p/prisma/schema.prisma p/out/x victim/schema.prisma victim/x; do printf "$model" '' > "$file"; done
    printf 'CREATE TABLE "T" ("id" INTEGER NOT NULL, CONSTRAINT "T_pkey" PRIMARY KEY ("id"));\n' |
        tee p/prisma/migrations/20250101000000_a/migration.sql > victim/20250101000000_a/migration.sql
    for file in log lock alive; do : > "victim/postgres/$file"; done
    chmod -R go+rX p victim
    chown -R daemon p
    runuser -u daemon -- ln -s "$victim" p/aside
    cd p || exit 1
    before=$(look)
}

# each FOLDER ARGS...: the command once to count its looks, then once for each of them with a swap before it.
each() {
    local folder=$1 at count
    shift
    for ((at = 0, count = 0; at <= count; at++)); do
        fresh
        "${prepare[@]}"
        before=$(look)
        out=$(SWAP_AT=$at SWAP_FOLDER=$PWD/$folder SWAP_LINK=$PWD/aside SWAP_COUNT=$root/count \
            timeout 60 env LD_PRELOAD="$asan $swapped" "$bellows" "$@" < /dev/null 2>&1)
        code=$?
        [ "$at" -gt 0 ] || count=$(cat "$root/count")
        if [ "$before" != "$(look)" ]; then
            out=$(diff <(echo "$before") <(look); echo "$out")
            fail "a swap before look $at of $count at $folder reached root's folder"
            return
        fi
    done
    [ "$count" -gt 5 ] || fail "only $count looks were counted: $out"
    echo "  $count swaps of $folder: $*"
}

prepare=(:)
case_begin "formatted, compared and drawn up: the folder of the file"
each prisma format
each out migrate diff --from-empty --to-schema-datamodel prisma/schema.prisma --script -o out/x

case_begin "a plan is written: the migrations folder, and the one above it"
prepare=(sed -i 's/^ }/  n Int?\n}/' prisma/schema.prisma)
for folder in prisma/migrations prisma; do
    each "$folder" migrate dev --name x --create-only --skip-generate --url "$url"
done

case_begin "a plan of several scripts: the folder is exchanged as a whole"
prepare=(sed -i 's/^ }/  n Int @unique\n}/' prisma/schema.prisma)
for folder in prisma/migrations prisma; do
    each "$folder" migrate dev --name x --create-only --skip-generate --url "$url"
done

case_begin "the server's folder: started by nobody, stopped and removed"
prepare=(runuser -u daemon -- mkdir -p .bellows/postgres/data)
each .bellows server stop --remove

finish
