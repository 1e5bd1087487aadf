#!/usr/bin/env bash
# What users and the world do wrong: a clear error with its remedy, the designed exit code, nothing lost.
# shellcheck source=tests/harness/cli.bash
source "$(dirname "$0")/../harness/cli.bash"

case_begin "a truncated schema"
user_schema
for bytes in 10 40 60 80 100; do
    head -c $bytes prisma/schema.prisma > cut.prisma
    expect 1 bellows validate --schema cut.prisma
    says "error["
done

case_begin "a binary file"
head -c 100000 "$bellows" > binary.prisma
expect 1 bellows validate --schema binary.prisma
says "error["

case_begin "a line of 1 MB"
{ printf 'model A {\n  id Int @id @default('; head -c 1000000 /dev/zero | tr '\0' '1'; printf ')\n}\n'; } > long.prisma
expect 1 bellows validate --schema long.prisma
[ ${#out} -lt 20000 ] || fail "the message is ${#out} bytes long"

case_begin "10,000 nested brackets"
{ printf 'model A {\n  id Int @id\n  @@index('; head -c 10000 /dev/zero | tr '\0' '['; printf ')\n}\n'; } > nested.prisma
expect 1 bellows validate --schema nested.prisma
says "error["

# Large schemas are understood at once, on two threads; what is said is what one after the other says.
large() { printf '// %066000d\n' 0; cat; } # SCHEMA on standard input
case_begin "two large schemas: mistakes of the first, then of the second; silenced warnings"
good='datasource db {
  provider = "postgresql"
}
generator js {
  provider        = "prisma-client-js"
  previewFeatures = ["multiSchema"] // bellows: allow preview-stable
}
model A {
  id Int @id
}'
large <<< "$good" > good.prisma
large <<< "${good/ \/\/ bellows*stable/}" > warned.prisma
large <<< "${good/Int @id/Nothing @id}" > wrong.prisma
large <<< "${good/model A/model A B}" > broken.prisma
expect 0 bellows migrate diff --from-schema good.prisma --to-schema good.prisma
says_not "preview-stable"
expect 0 bellows migrate diff --from-schema good.prisma --to-schema warned.prisma
says "warned.prisma"
says_not "good.prisma"
expect 1 bellows migrate diff --from-schema warned.prisma --to-schema wrong.prisma
says "wrong.prisma"
says "warned.prisma"
expect 1 bellows migrate diff --from-schema wrong.prisma --to-schema broken.prisma
says "broken.prisma"
says_not "Nothing"
expect 1 bellows migrate diff --from-schema broken.prisma --to-schema wrong.prisma
says "broken.prisma"
says_not "wrong.prisma"
expect 1 bellows migrate diff --from-url "${url/localhost/localhost.invalid}&host=/nowhere" --to-schema wrong.prisma
says_not "Nothing"

case_begin "files that are not there or cannot be read"
expect 1 bellows validate --schema missing.prisma
says "missing.prisma"
expect 1 bellows validate
says "--schema"
mkdir empty
expect 1 bellows validate --schema empty
says ".prisma"
expect 64 bellows validate --shema x
says "--schema"
expect 64 bellows migrat dev
says "migrate dev"
expect 64 bellows migrate diff --from-empty
says "--to-"

case_begin "a warning is shown with its name, and silenced by it"
cat > warned.prisma <<'SCHEMA'
datasource db {
  provider             = "postgresql"
  referentialIntegrity = "prisma"
}

model User {
  id    Int    @id
  posts Post[]
}

model Post {
  id     Int  @id
  userId Int
  user   User @relation(fields: [userId], references: [id]) // bellows: allow relation-without-index
}
SCHEMA
expect 0 bellows validate --schema warned.prisma
says "warning[W0204 referential-integrity]"
says "1 warning"
expect 0 bellows validate --schema warned.prisma --json
says '"name": "referential-integrity"'
expect 0 bellows validate --schema warned.prisma --json --allow referential-integrity --allow preview-stable
says '"diagnostics": []'
expect 64 bellows validate --schema warned.prisma --allow referential
says "--allow"
expect 0 bellows validate --help
sed -n 's/^WARNING_NAME([^"]*"\([a-z-]*\)".*/\1/p' "$(dirname "$0")/../../base/diag/warnings.def" > names
[ -s names ] || fail "no names in warnings.def"
while read -r name; do says "$name"; done < names

case_begin "help for every command, on standard output, with exit code 0"
commands=$("$bellows" --help | sed -n 's/^  \([a-z]*\( [a-z]*\)\{0,1\}\)  .*/\1/p')
[ "$(wc -l <<< "$commands")" -ge 16 ] || fail "found only: $commands"
while read -r command; do
    # shellcheck disable=SC2086  # one or two words
    text=$("$bellows" $command --help 2> /dev/null) || fail "bellows $command --help"
    out=$text
    says "Usage: bellows $command"
done <<< "$commands"
expect 0 bellows --version
says "bellows "

case_begin "a pipe, a device or a folder where a file belongs is neither waited for nor passed over"
user_schema
mkdir -p prisma/migrations/1_init
printf 'provider = "postgresql"\n' > prisma/migrations/migration_lock.toml
printf 'SELECT 1;\n' > prisma/migrations/1_init/migration.sql
for file in prisma/migrations/1_init/migration.sql prisma/schema.prisma prisma/migrations/migration_lock.toml bellows.json prisma.config.ts package.json; do
    [ ! -e "$file" ] || mv "$file" kept
    for kind in "mkfifo" "ln -s /dev/zero" "mkdir"; do
        [[ $kind:$file != mkdir:*.ts ]] || continue # no configuration at all
        $kind "$file"
        expect 1 timeout 20 "$bellows" check --url "$url"
        says "$file"
        rm -r "$file"
    done
    [ ! -e kept ] || mv kept "$file"
done
mkfifo pipe
expect 1 timeout 20 "$bellows" db execute --file pipe --url "$url"
says 'no regular file'
expect 0 bash -c '"$0" db execute --file <(echo "SELECT 1;") --url "$1"' "$bellows" "$url"
expect 0 bash -c 'echo "SELECT 1;" | "$0" db execute --file /dev/stdin --url "$1"' "$bellows" "$url"
expect 0 bash -c '"$0" migrate diff --from-sql <(echo "CREATE TABLE a (b int);") --to-empty --script' "$bellows"
says 'DROP TABLE'
mkfifo .env
echo 'SERVED=1' > .env &
expect 2 timeout 60 "$bellows" check --url "$url"
rm .env

case_begin "what cannot be written is told, and destroys nothing"
user_schema
diff_() { expect "$1" timeout 20 "$bellows" migrate diff --from-empty --to-schema "${3:-prisma/schema.prisma}" --script -o "$2"; }
mkfifo pipe
for place in /dev/full pipe . nowhere/out ''; do
    diff_ 1 "$place"
    says 'E0610'
done
echo precious > out
diff_ 1 out nowhere.prisma
expect 64 bellows migrate diff --from-empty -o out
[ "$(cat out)" = precious ] || fail "a command that failed has emptied the file"
expect 0 bellows plan -o out --help
[ "$(cat out)" = precious ] || fail "--help has gone into the file"
expect 0 bash -c '"$0" migrate diff --from-empty --to-schema prisma/schema.prisma --script -o /dev/stdout > redirected' "$bellows"
grep -q 'CREATE TABLE' redirected || fail "nothing in what /dev/stdout is"
ls -A > files
expect 1 grep tmp files
for command in "migrate diff --from-empty --to-schema prisma/schema.prisma --script" "migrate diff --from-empty --to-empty --json" "plan --from empty --to schema"; do
    for streams in '> /dev/full' '>&-'; do
        expect 1 bash -c "\"\$0\" $command $streams" "$bellows"
        says 'E0610'
    done
    expect 0 bash -c "\"\$0\" $command 2>&- <&- > out" "$bellows"
done

case_begin "a migrations folder that cannot be read"
user_schema
mkdir -p prisma/migrations
if [ "$(id -u)" -eq 0 ]; then
    if id nobody > /dev/null 2>&1 && command -v setpriv > /dev/null; then
        chmod 000 prisma/migrations
        chmod -R o+rX "$root/$number/prisma/schema.prisma"
        expect 1 setpriv --reuid nobody --regid nogroup --clear-groups "$bellows" migrate deploy --url "$url"
        says "prisma/migrations"
        chmod 755 prisma/migrations
    else
        skip "unreadable folder" "neither setpriv nor a user nobody"
    fi
else
    chmod 000 prisma/migrations
    expect 1 bellows migrate deploy --url "$url"
    says "prisma/migrations"
    chmod 755 prisma/migrations
fi

case_begin "no server, wrong password, no such database"
user_schema
expect 1 bellows migrate status --url postgresql://a@127.0.0.1:9/x
says P1001
expect 1 bellows migrate status --url "$(database_url not_there)"
says P1003
expect 1 bellows migrate status --url "not a url"
says P1013
psql_ "$BELLOWS_TEST_URL" -c "CREATE ROLE wrong_$$ LOGIN PASSWORD 'right'"
hba=$(psql_ "$BELLOWS_TEST_URL" -c 'SHOW hba_file')
cp "$hba" "$root/hba"
{ printf 'local all wrong_%s scram-sha-256\n' "$$"; cat "$root/hba"; } > "$hba"
psql_ "$BELLOWS_TEST_URL" -c 'SELECT pg_reload_conf()' > /dev/null
sleep 0.5
expect 1 bellows migrate status --url "$(sed "s#//[^@]*@#//wrong_$$:bad-secret@#" <<< "$url")"
says P1000
says_not bad-secret
cat "$root/hba" > "$hba"
psql_ "$BELLOWS_TEST_URL" -c 'SELECT pg_reload_conf()' -c "DROP ROLE wrong_$$" > /dev/null

case_begin "no right to create a database: the replay finds another way or says what to give"
user_schema
psql_ "$BELLOWS_TEST_URL" -c "CREATE ROLE plain_$$ LOGIN" -c "ALTER DATABASE $database OWNER TO plain_$$" > /dev/null
plain=$(sed "s#//[^@]*@#//plain_$$@#" <<< "$url")
expect 0 bellows migrate dev --name init --url "$plain"
expect 0 bellows migrate dev --url "$plain"
says "in sync"
expect 1 bellows migrate deploy --url "$(sed "s#//[^@]*@#//plain_$$@#" <<< "$(database_url not_there)")"
says "create"
psql_ "$url" -c "REASSIGN OWNED BY plain_$$ TO CURRENT_USER" -c "DROP OWNED BY plain_$$" > /dev/null
psql_ "$BELLOWS_TEST_URL" -c "ALTER DATABASE $database OWNER TO CURRENT_USER" -c "DROP ROLE plain_$$" > /dev/null

case_begin "a migration that fails half-way leaves nothing, tells where, and is repaired"
user_schema
expect 0 bellows migrate dev --name init --url "$url"
mkdir prisma/migrations/29990101000000_bad
printf 'CREATE TABLE half ();\n\nINSERT INTO nowhere VALUES (1);\n' > prisma/migrations/29990101000000_bad/migration.sql
expect 1 bellows migrate deploy --url "$url"
says P3018
says 42P01
says nowhere
query_gives "SELECT to_regclass('half') IS NULL" t
query_gives "SELECT count(*) FROM _prisma_migrations WHERE finished_at IS NULL AND logs IS NOT NULL" 1
expect 1 bellows migrate deploy --url "$url"
says P3009
expect 4 bellows migrate dev --url "$url"
says "resolve"
expect 1 bellows migrate status --url "$url"
says 29990101000000_bad
expect 1 bellows check --url "$url"
says "failed: "
says P3006
printf 'CREATE TABLE half ();\n' > prisma/migrations/29990101000000_bad/migration.sql
expect 0 bellows migrate resolve --rolled-back 29990101000000_bad --url "$url"
expect 0 bellows migrate deploy --url "$url"
query_gives "SELECT to_regclass('half') IS NOT NULL" t
query_gives "SELECT count(*) FROM _prisma_migrations WHERE migration_name LIKE '%_bad'" 2

case_begin "an edited migration, a missing one, a folder without script"
user_schema
expect 0 bellows migrate dev --name init --url "$url"
expect 0 bellows check --url "$url"
printf '\n-- edited\n' >> prisma/migrations/*_init/migration.sql
expect 2 bellows check --url "$url"
says edited
mkdir prisma/migrations/29990101000000_hollow
expect 1 bellows migrate deploy --url "$url"
says P3015
rmdir prisma/migrations/29990101000000_hollow
mv prisma/migrations/*_init "$root/away"
expect 2 bellows check --url "$url"
says missing

case_begin "a folder of another provider"
user_schema
mkdir -p prisma/migrations
printf 'provider = "mysql"\n' > prisma/migrations/migration_lock.toml
expect 1 bellows migrate deploy --url "$url"
says P3019
says mysql
expect 1 bellows migrate dev --url "$url"
says P3019

case_begin "the server is killed in the middle of a deploy: the history tells the truth, the next run goes on"
user_schema
expect 0 bellows migrate dev --name init --url "$url"
mkdir prisma/migrations/29990101000000_slow
printf 'CREATE TABLE slow ();\nSELECT pg_sleep(5);\n' > prisma/migrations/29990101000000_slow/migration.sql
( sleep 1.5; psql_ "$BELLOWS_TEST_URL" -c "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '$database'" > /dev/null ) &
expect 1 bellows migrate deploy --url "$url"
says P1017
wait
query_gives "SELECT to_regclass('slow') IS NULL" t
sed -i 's/pg_sleep(5)/pg_sleep(0)/' prisma/migrations/29990101000000_slow/migration.sql
expect 1 bellows migrate status --url "$url"
out=$("$bellows" migrate deploy --url "$url" 2>&1)
if [ $? -ne 0 ]; then
    says 29990101000000_slow
    says resolve
    expect 0 bellows migrate resolve --rolled-back 29990101000000_slow --url "$url"
    expect 0 bellows migrate deploy --url "$url"
fi
query_gives "SELECT to_regclass('slow') IS NOT NULL" t

case_begin "bellows itself is killed in the middle of a deploy"
user_schema
expect 0 bellows migrate dev --name init --url "$url"
mkdir prisma/migrations/29990101000000_slow
printf 'CREATE TABLE slow ();\nSELECT pg_sleep(3);\n' > prisma/migrations/29990101000000_slow/migration.sql
"$bellows" migrate deploy --url "$url" > /dev/null 2>&1 &
victim=$!
sleep 1.5
kill -KILL $victim
wait $victim 2> /dev/null
sleep 3
exists=$(psql_ "$url" -c "SELECT to_regclass('slow') IS NOT NULL")
recorded=$(psql_ "$url" -c "SELECT count(*) FROM _prisma_migrations WHERE migration_name LIKE '%_slow' AND finished_at IS NOT NULL")
case $exists$recorded in t1 | f0) ;; *) out="table: $exists, recorded: $recorded"; fail "the history does not tell the truth" ;; esac

case_begin "two deploys at once: one works, one waits"
user_schema
expect 0 bellows migrate dev --name init --url "$url"
mkdir prisma/migrations/29990101000000_slow
printf 'CREATE TABLE slow ();\nSELECT pg_sleep(2);\n' > prisma/migrations/29990101000000_slow/migration.sql
"$bellows" migrate deploy --url "$url" > one.txt 2>&1 &
first=$!
sleep 0.5
expect 0 bellows migrate deploy --url "$url"
wait $first || fail "the first one failed"
query_gives "SELECT count(*) FROM _prisma_migrations WHERE migration_name LIKE '%_slow'" 1

case_begin "the lock is held by somebody: exit code 75, and who it is"
user_schema
expect 0 bellows migrate dev --name init --url "$url"
PGAPPNAME=holder psql_ "$url" -c "SELECT pg_advisory_lock(72707369)" -c "SELECT pg_sleep(14)" > /dev/null 2>&1 &
sleep 0.5
expect 75 bellows migrate deploy --url "$url"
says holder
psql_ "$BELLOWS_TEST_URL" -c "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'holder'" > /dev/null
wait 2> /dev/null

finish
