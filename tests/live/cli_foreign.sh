#!/usr/bin/env bash
# cli_foreign.sh BELLOWS - root in somebody else's project: nothing outside it is given away, destroyed or ended.
# shellcheck source=tests/harness/cli.bash
source "$(dirname "$0")/../harness/cli.bash"
[ "$(id -u)" = 0 ] || { echo "SKIPPED not root, who alone could give things away"; exit 77; }
command -v runuser > /dev/null && id daemon > /dev/null 2>&1 || { echo "SKIPPED no runuser, or no user daemon"; exit 77; }

look() { (cd "$1" && find . -printf '%M %u %p\n' | sort); }
as_daemon() { runuser -u daemon -- "$@"; }
# A project of daemon's beside a folder of root's.
foreign() {
    case_begin "$1"
    printf 'datasource db {\n  provider = "postgresql"\n}\n\nmodel T {\n  id Int @id\n}\n' | schema
    mkdir -p victim/postgres/data p
    mv prisma p/
    chmod 755 victim victim/postgres victim/postgres/data
    for file in victim/file victim/postgres/log victim/postgres/lock victim/postgres/data/postmaster.pid; do echo secret > "$file"; done
    chown -R daemon p
    before=$(look victim)
    victim=$PWD/victim
    cd p || exit 1
}
untouched() { [ "$before" = "$(look "$victim")" ] || { out=$(look "$victim"); fail "the other folder was changed"; }; }
everything() {
    for command in 'server start' 'server status' 'server stop' 'server stop --remove' 'migrate dev --name x --skip-generate'; do
        # shellcheck disable=SC2086
        out=$("$bellows" $command < /dev/null 2>&1)
        untouched
    done
    out=$("$bellows" server stop --remove < /dev/null 2>&1)
}

foreign "a link for .bellows"
as_daemon ln -s "$victim" .bellows
everything

foreign "a link for the server's folder"
as_daemon mkdir .bellows
as_daemon ln -s "$victim/postgres" .bellows/postgres
everything

foreign "links for everything in it"
as_daemon mkdir -p .bellows/postgres
for name in data socket; do as_daemon ln -s "$victim/postgres/data" ".bellows/postgres/$name"; done
for name in log lock alive .gitignore; do as_daemon ln -s "$victim/file" ".bellows/postgres/$name"; done
everything

foreign "hard links for its files"
chmod 666 "$victim/file"
before=$(look "$victim")
as_daemon mkdir -p .bellows/postgres
if ln "$victim/file" .bellows/postgres/log 2> /dev/null && ln "$victim/file" .bellows/postgres/lock; then
    before=$(look "$victim")
    everything
    [ "$(cat "$victim/file")" = secret ] || fail "the file was written to"
fi

foreign "a pid file that names somebody else's process"
sleep 60 &
sleeper=$!
expect 0 bellows server start
[ "$(stat -c %U .bellows/postgres/data)" = daemon ] || fail "the cluster is not the project's owner's"
real=$(head -n 1 .bellows/postgres/data/postmaster.pid)
sed -i "1s/.*/$sleeper/" .bellows/postgres/data/postmaster.pid
expect 1 bellows server stop
says "not this server"
kill -0 "$sleeper" || fail "the process was ended"
(cd .bellows/postgres/data && exec sleep 60) & # it works where the server does, and is root's
guest=$!
until [ "$(readlink "/proc/$guest/cwd")" = "$PWD/.bellows/postgres/data" ]; do kill -0 "$guest"; done
sed -i "1s/.*/$guest/" .bellows/postgres/data/postmaster.pid
expect 1 bellows server stop
says "not this server"
kill "$guest" || fail "root's process in the project's folder was ended"
sed -i "1s/.*/$real/" .bellows/postgres/data/postmaster.pid
mv .bellows/postgres/data/postmaster.pid kept
mkfifo .bellows/postgres/data/postmaster.pid # nobody writes to it: it is not waited for
expect 1 timeout 60 "$bellows" server stop
rm .bellows/postgres/data/postmaster.pid
mv kept .bellows/postgres/data/postmaster.pid
expect 0 bellows server stop --remove
kill "$sleeper"

foreign "links on the way to the migrations: only where they lead to what is their maker's"
writes() { expect "$1" bellows migrate dev --name x --skip-generate --url "$url" "${@:2}"; }
refused() {
    writes 1 "$@"
    says E0569
    says 'that `daemon` has made'
    untouched
}
as_daemon ln -s "$victim" prisma/migrations
refused
as_daemon ln -s "$victim" far
refused --migrations far/new/migrations
as_daemon ln -sfn ../far prisma/migrations # over another one
refused
as_daemon ln -sfn round prisma/round
refused --migrations prisma/round/migrations
as_daemon mkdir db
as_daemon ln -sfn ../db prisma/migrations
writes 0
[ -f db/migration_lock.toml ] || fail "the owner's link was not followed"
rm prisma/migrations
mkdir "$victim/own"
ln -s "$victim/own" prisma/migrations # root's own, wherever it leads
out=$(psql_ "$url" -c 'DROP TABLE "T", _prisma_migrations')
writes 0
[ -f "$victim/own/migration_lock.toml" ] || fail "our own link was not followed"
rm -r "$victim/own"
mkdir -m 755 "$victim/own"
ln -s "$victim/own" prisma/roots # daemon is at work: root's link is followed, a third one's is not
ln -s "$victim/own" prisma/theirs
chown -h nobody prisma/theirs
expect 0 as_daemon "$bellows" migrate rebase --migrations prisma/roots
expect 1 as_daemon "$bellows" migrate rebase --migrations prisma/theirs
says 'that `nobody` has made'

case_begin "root's own project: the folder goes to the server's account, and links in it lead nowhere"
printf 'datasource db {\n  provider = "postgresql"\n}\n\nmodel T {\n  id Int @id\n}\n' | schema
expect 0 bellows server start
expect 0 bellows migrate dev --name x --skip-generate
sleep 60 &
sleeper=$!
home=$(readlink -f .bellows/postgres)
[ -d "$home/data" ] || home=$("$bellows" server status | grep -o '/[^ ]*' | head -n 1)
if [ -e "$home/data/postmaster.pid" ]; then
    real=$(head -n 1 "$home/data/postmaster.pid")
    sed -i "1s/.*/$sleeper/" "$home/data/postmaster.pid"
    expect 1 bellows server stop
    kill -0 "$sleeper" || fail "the process was ended"
    sed -i "1s/.*/$real/" "$home/data/postmaster.pid"
fi
kill "$sleeper"
expect 0 bellows server stop --remove

finish
