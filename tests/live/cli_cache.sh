#!/usr/bin/env bash
# What a replay comes to is kept: in a folder of the user's own, under all that it rests on, and never trusted blindly.
# shellcheck source=tests/harness/cli.bash
source "$(dirname "$0")/../harness/cli.bash"

kept() { find "$XDG_CACHE_HOME" -type f 2> /dev/null; }
diff_() { expect "$1" bellows migrate diff --from-migrations prisma/migrations --to-schema prisma/schema.prisma --exit-code --replay=memory; }

begin() {
    case_begin "$1"
    unset CI BELLOWS_CACHE
    export XDG_CACHE_HOME=$PWD/cache
    mkdir -p prisma/migrations/1_init
    printf 'datasource db {\n  provider = "postgresql"\n  url = env("DATABASE_URL")\n}\nmodel t {\n  id Int @id\n}\n' > prisma/schema.prisma
    echo 'CREATE TABLE t (id integer NOT NULL, CONSTRAINT t_pkey PRIMARY KEY (id));' > prisma/migrations/1_init/migration.sql
    printf 'provider = "postgresql"\n' > prisma/migrations/migration_lock.toml
}

begin "it is kept for this user alone, and answers alike"
diff_ 0
[ "$(kept | wc -l)" -eq 1 ] || fail "$(kept | wc -l) files are kept"
[ "$(stat -c %a cache/bellows/replays)" = 700 ] || fail "the folder has mode $(stat -c %a cache/bellows/replays)"
[ "$(stat -c %a "$(kept)")" = 600 ] || fail "the file has mode $(stat -c %a "$(kept)")"
diff_ 0
[ "$(kept | wc -l)" -eq 1 ] || fail "the second run kept another one"

begin "another script has another answer"
diff_ 0
echo 'ALTER TABLE t ADD COLUMN more text;' >> prisma/migrations/1_init/migration.sql
diff_ 2
[ "$(kept | wc -l)" -eq 2 ] || fail "$(kept | wc -l) files are kept"

begin "what is kept is the answer: no script is read as SQL again"
diff_ 0
first=$(kept)
echo 'ALTER TABLE t ADD COLUMN more text;' >> prisma/migrations/1_init/migration.sql
diff_ 2
second=$(kept | grep -vxF "$first")
cp "$first" "$second"
diff_ 0

begin "no PostgreSQL is looked for where memory answers"
mkdir programs
for program in initdb postgres pg_config; do
    printf '#!/bin/sh\necho "$0 $*" >> "%s/asked"\n' "$PWD" > "programs/$program"
    chmod 755 "programs/$program"
done
for run in first second; do
    PATH=$PWD/programs:$PATH expect 0 bellows migrate diff --from-migrations prisma/migrations --to-schema prisma/schema.prisma --exit-code
    [ ! -e asked ] || fail "the $run run asked: $(cat asked)"
done

begin "a damaged file is passed over"
diff_ 0
file=$(kept)
for damage in 'truncate -s 40' 'truncate -s 0' 'sed -i s/pkey/qkey/' 'cp /bin/true'; do
    $damage "$file"
    diff_ 0
done
printf 'bellows catalog 3\n' > "$file"
diff_ 0

begin "a folder that others may enter is not used"
mkdir -p cache/bellows/replays
chmod 755 cache/bellows/replays
diff_ 0
[ "$(kept | wc -l)" -eq 0 ] || fail "something is kept there"
chmod 700 cache/bellows/replays
ln -s /etc/passwd cache/bellows/replays/link
diff_ 0

begin "it can be switched off"
BELLOWS_CACHE=off diff_ 0
CI=true diff_ 0
echo '{ "cache": false }' > bellows.json
diff_ 0
[ "$(kept | wc -l)" -eq 0 ] || fail "something is kept"
echo '{ "cache": "no" }' > bellows.json
diff_ 1
says 'not true or false'

finish
