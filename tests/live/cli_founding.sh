#!/usr/bin/env bash
# cli_founding.sh BELLOWS - the document this project began with, replayed: its workspace, its scripts, each of its commands in its order,
# `bellows` where it says `prisma`, in a project of version 6 (the schema names the database), of 7 (prisma.config.ts does) and of 8 (its
# `prisma` is one of our own making). A real pnpm runs the scripts, ours (tests/harness/workspace) or the machine's; without one
# what it would do is done here, aloud. With the clients of the versions: tests/conformance/clients/founding.mjs.
# shellcheck disable=SC2154,SC2016  # $url is cli.bash's; dollar signs of SQL
source "$(dirname "$0")/../harness/cli.bash"
harness=$(realpath "$(dirname "$0")/../harness")
terminal=$harness/terminal.py
command -v python3 > /dev/null || { echo "SKIPPED no python3, which plays the terminal"; exit 77; }
mkdir -p "$root/bin"
ln -s "$bellows" "$root/bin/bellows"
export PATH=$root/bin:$harness/workspace/node_modules/.bin:$PATH

package=packages/database
# `pnpm --filter @carecircle/database SCRIPT`, `pnpm SCRIPT` in the package, `pnpm bellows ...`.
pnpm_() {
    local folder=$package script
    if [ "$1" = --filter ]; then shift 2; fi
    script=$(python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))["scripts"].get(sys.argv[2], ""))' $folder/package.json "$1")
    if [ -n "$script" ]; then shift; else script=""; fi
    (cd $folder && if [ -n "$script" ]; then sh -c "$script \"\$@\"" sh "$@"; else "$@"; fi)
}
if command -v pnpm > /dev/null; then
    pnpm_() { if [ "$1" = --filter ]; then pnpm --silent "$@"; else (cd $package && pnpm --silent "$@"); fi; }
else
    echo "no pnpm here (npm install in tests/harness/workspace): the scripts are run as it would run them"
fi
filter=(--filter @carecircle/database)
export -f pnpm_ 2> /dev/null

# What a project of the version has besides: where its database, folders and seed command are named.
version=6
configuration() {
    case $version in
    7) cat > $package/prisma.config.ts << 'END'
import { defineConfig, env } from 'prisma/config'

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations', seed: 'bellows db execute --file prisma/seed.sql' },
  datasource: { url: env('DATABASE_URL') },
})
END
        sed -i '/^  "prisma":/d; s/^  },$/  }/' $package/package.json ;;
    8) cat > $package/prisma.config.ts << 'END'
import { definePrismaConfig } from 'prisma/config'
import { defineConfig as ormConfig, prisma7Schema } from '@prisma/orm-postgres/config'

export default definePrismaConfig({
  orm: ormConfig({ contract: prisma7Schema('prisma/schema.prisma'), db: { connection: process.env['DATABASE_URL']! } }),
})
END
        mkdir -p $package/node_modules/.bin
        printf '#!/bin/sh\necho "prisma $*" >> asked\n' > $package/node_modules/.bin/prisma
        chmod +x $package/node_modules/.bin/prisma ;;
    esac
}

workspace() {
    mkdir -p $package/prisma
    printf 'packages:\n  - packages/*\n' > pnpm-workspace.yaml
    printf '{ "name": "carecircle", "private": true }\n' > package.json
    cat > $package/package.json << 'END'
{
  "name": "@carecircle/database",
  "private": true,
  "scripts": {
    "db:migrate:create": "bellows migrate dev --create-only",
    "db:migrate": "bellows migrate dev",
    "db:migrate:deploy": "bellows migrate deploy",
    "db:migrate:status": "bellows migrate status",
    "db:reset": "bellows migrate reset --force",
    "db:push": "bellows db push",
    "db:seed": "bellows db seed",
    "db:generate": "bellows generate",
    "test": "true"
  },
  "prisma": { "seed": "bellows db execute --file prisma/seed.sql" }
}
END
    configuration
    cat > $package/prisma/seed.sql << 'END'
INSERT INTO "User" ("id", "email", "name") VALUES ('u1', 'ana@example.org', 'Ana') ON CONFLICT DO NOTHING;
INSERT INTO "Medication" ("id", "careRecipientId") VALUES ('m1', 'c1'), ('m2', 'c1') ON CONFLICT DO NOTHING;
END
}

# The schema with what is given put into User, Medication, and behind them.
write_schema() { # USER MEDICATION MORE
    cat > $package/prisma/schema.prisma << END
datasource db {
  provider = "postgresql"
$([ $version != 6 ] || echo '  url      = env("DATABASE_URL")')
}

model User {
  id    String @id @default(uuid())
  email String @unique
$1
}

model Medication {
  id              String  @id @default(uuid())
  careRecipientId String
  isActive        Boolean @default(true)
$2
}
${3:-}
END
}
audit='
model AuditLog {
  id           String   @id @default(uuid())
  action       String
  userId       String
  resourceType String
  resourceId   String
  createdAt    DateTime @default(now())

  user User @relation(fields: [userId], references: [id])
}'
one() { compgen -G "$package/prisma/migrations/$1" > found; head -n 1 found; }

replay() {
    case_begin "the workflow: make, review, apply, deploy; version $version"
    workspace
    export DATABASE_URL=$url
    write_schema '  name  String' ''
    expect 0 pnpm_ "${filter[@]}" db:migrate --name initial
    write_schema $'  name  String\n  preferences Json?\n  auditLogs AuditLog[]' '' "$audit"
    expect 0 env -u CI "$terminal" 'ame of the new migration' 'add_user_preferences_and_audit_log\n' -- \
        bash -c "cd $package && bellows migrate dev --create-only"
    says 'created the following migration without applying it'
    script=$(one '*_add_user_preferences_and_audit_log/migration.sql')
    out=$(cat "$script")
    says 'ALTER TABLE "User" ADD COLUMN     "preferences" JSONB;'
    says 'CREATE TABLE "AuditLog"'
    says 'CONSTRAINT "AuditLog_pkey" PRIMARY KEY ("id")'
    says 'ADD CONSTRAINT "AuditLog_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id")'
    expect 1 pnpm_ "${filter[@]}" db:migrate:status
    says 'not yet been applied'
    expect 0 pnpm_ "${filter[@]}" db:migrate
    expect 0 pnpm_ "${filter[@]}" db:migrate:status
    says 'Database schema is up to date!'
    expect 0 pnpm_ "${filter[@]}" db:generate
    [ $version != 8 ] || says 'Emitted the contract'
    expect 0 pnpm_ "${filter[@]}" db:push
    says 'already in sync'
    production=$(database_url "${database}_production")
    DATABASE_URL=$production expect 0 pnpm_ "${filter[@]}" db:migrate:deploy
    says 'All migrations have been successfully applied.'

    # A data migration, by hand, on its own.
    mkdir "$package/prisma/migrations/20991231000000_add_default_preferences"
    cat > "$package/prisma/migrations/20991231000000_add_default_preferences/migration.sql" << 'END'
-- Update existing users with default preferences
UPDATE "User"
SET preferences = '{"notifications": true, "theme": "system"}'::jsonb
WHERE preferences IS NULL;
END
    expect 0 pnpm_ "${filter[@]}" db:seed
    says 'The seed command has been executed.'
    expect 0 pnpm_ "${filter[@]}" db:migrate:deploy
    query_gives "SELECT preferences->>'theme' FROM \"User\"" system
    # The second after the last one's, whatever the clock says by now.
    last=$(basename "$(one '*_add_user_preferences_and_audit_log')")
    second=$(date -u -d "${last:0:8} ${last:8:2}:${last:10:2}:${last:12:2}" +%s)
    mv "$package/prisma/migrations/20991231000000_add_default_preferences" \
        "$package/prisma/migrations/$(date -u -d "@$((second + 1))" +%Y%m%d%H%M%S)_add_default_preferences"
    psql_ "$url" -c "UPDATE _prisma_migrations SET migration_name = '$(basename "$(one '*_add_default_preferences')")' WHERE migration_name LIKE '%add_default%'"

    # The scenarios: a required field, a rename, a drop, an index; with a backup before, as the document has it.
    pg_dump "$url" > backup.sql 2> /dev/null || skip "the backup" "pg_dump does not fit the server"
    user=$'  name  String\n  preferences Json?\n  auditLogs AuditLog[]'
    write_schema "$user" $'  /// @backfill(10)\n  refillAt Int' "$audit"
    expect 0 pnpm_ db:migrate --name add_medication_refill_alert
    query_gives 'SELECT count(*) FROM "Medication" WHERE "refillAt" = 10' 2
    query_gives "SELECT attnotnull FROM pg_attribute WHERE attname = 'refillAt' AND attrelid = '\"Medication\"'::regclass" t
    expect 0 pnpm_ test
    write_schema "${user/  name  String/  fullName String @map(\"name\")}" $'  refillAt Int' "$audit"
    expect 0 pnpm_ db:migrate --name map_full_name
    says 'Already in sync'
    write_schema $'  /// @renamedFrom(name)\n  fullName String\n  preferences Json?\n  auditLogs AuditLog[]' '  refillAt Int' "$audit"
    expect 0 pnpm_ db:migrate --name rename_user_name
    query_gives 'SELECT "fullName" FROM "User"' Ana
    write_schema $'  fullName String\n  auditLogs AuditLog[]' '  refillAt Int' "$audit"
    expect 3 pnpm_ db:migrate --name drop_preferences
    expect 0 pnpm_ db:migrate --name drop_preferences --accept-data-loss
    write_schema $'  fullName String\n  auditLogs AuditLog[]' $'  refillAt Int\n\n  @@index([careRecipientId, isActive])' "$audit"
    expect 0 pnpm_ db:migrate --name index_active_medications
    query_gives "SELECT count(*) FROM pg_indexes WHERE indexname = 'Medication_careRecipientId_isActive_idx'" 1

    # Production gets all of it: the old program first, then its end is told.
    DATABASE_URL=$production expect 0 pnpm_ "${filter[@]}" db:migrate:deploy
    says 'The new program may start now, beside the old one.'
    while read -r plan; do
        DATABASE_URL=$production expect 0 pnpm_ bellows migrate deploy --contract "$plan"
    done < <(sed -n 's/.*deploy --contract //p' <<< "$out")
    DATABASE_URL=$production expect 0 pnpm_ "${filter[@]}" db:migrate:status
    DATABASE_URL=$production expect 0 pnpm_ bellows check

    # Troubleshooting: drift, a failed migration both ways, a reset.
    psql_ "$BELLOWS_TEST_URL" -c "CREATE DATABASE ${database}_shadow"
    expect 0 pnpm_ bellows migrate diff --from-schema-datasource prisma/schema.prisma --to-migrations prisma/migrations \
        --shadow-database-url "$(database_url "${database}_shadow")" --exit-code
    says 'No difference detected.'
    name=$(date -u -d '+1 hour' +%Y%m%d%H%M%S)_migration_name
    mkdir "$package/prisma/migrations/$name"
    printf 'CREATE TABLE "Later" ("id" INTEGER PRIMARY KEY);\nSELECT 1/0;\n' > "$package/prisma/migrations/$name/migration.sql"
    expect 1 pnpm_ "${filter[@]}" db:migrate:deploy
    expect 0 pnpm_ bellows migrate resolve --rolled-back "$name"
    expect 1 pnpm_ "${filter[@]}" db:migrate:deploy
    psql_ "$url" -c 'CREATE TABLE "Later" ("id" INTEGER PRIMARY KEY)'
    printf 'CREATE TABLE "Later" ("id" INTEGER PRIMARY KEY);\n' > "$package/prisma/migrations/$name/migration.sql"
    expect 0 pnpm_ bellows migrate resolve --applied "$name"
    expect 0 pnpm_ "${filter[@]}" db:migrate:status
    rm -r "$package/prisma/migrations/$name"
    sed -i 's/, "name") VALUES/, "fullName") VALUES/; s/("id", "careRecipientId") VALUES .* ON/("id", "careRecipientId", "refillAt") VALUES ('"'m1', 'c1', 9"') ON/' $package/prisma/seed.sql
    expect 0 pnpm_ db:reset
    says 'Database reset successful'
    if [ $version = 6 ]; then
        says 'The seed command has been executed.'
    else # left to `db seed`, as the document has it
        says_not 'seed command'
        expect 0 pnpm_ db:seed
        says 'The seed command has been executed.'
    fi
    for name in production shadow; do drop_database "${database}_$name"; done
}

for version in 6 7 8; do replay; done

finish
