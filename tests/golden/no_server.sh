#!/usr/bin/env bash
# A machine without PostgreSQL's programs: what needs no database works, and what needs one says so.
#
#     no_server.sh BELLOWS
set -euo pipefail
bellows=$(realpath "${1:?usage: no_server.sh BELLOWS}")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/programs" "$work/prisma/migrations/1_users"
for program in env sh; do ln -s "$(command -v $program)" "$work/programs/$program"; done
cd "$work"
cat > prisma/schema.prisma <<'PRISMA'
datasource db {
  provider = "postgresql"
  url      = env("NO_SUCH_URL")
}

model User {
  id    Int    @id @default(autoincrement())
  email String @unique
}
PRISMA
printf 'provider = "postgresql"\n' > prisma/migrations/migration_lock.toml
cat > prisma/migrations/1_users/migration.sql <<'SQL'
CREATE TABLE "User" (
    "id" SERIAL NOT NULL,
    CONSTRAINT "User_pkey" PRIMARY KEY ("id")
);
SQL

failed=0 out='' code=0
run() { # run COMMAND...: its output in out, its exit code in code
  code=0
  out=$(env -i HOME="$work" PATH="$work/programs" BELLOWS_PG_BINDIR="$work/nowhere" BELLOWS_CACHE=off NO_COLOR=1 LSAN_OPTIONS="${LSAN_OPTIONS:-}" \
    "$bellows" "$@" </dev/null 2>&1) || code=$?
}
expect() { # expect CODE TEXT
  if [ "$code" != "$1" ] || [[ $out != *"$2"* ]]; then
    printf 'FAIL exit code %s, not %s with `%s`:\n%s\n' "$code" "$1" "$2" "$out"
    failed=1
  fi
}

run check
expect 2 'schema-ahead'
run plan
expect 0 'User: add column email'
run migrate diff --from-migrations prisma/migrations --to-schema prisma/schema.prisma --script
expect 0 'ADD COLUMN     "email" TEXT NOT NULL'
run migrate dev --name email
expect 1 'E0560'
run migrate dev --create-only --direct --name email
expect 0 'created the following migration without applying it'
[ "$(find prisma/migrations -path '*_email/migration.sql' | wc -l)" = 1 ] || { echo 'FAIL no migration was written'; failed=1; }
run check
expect 0 'agree'
mkdir prisma/migrations/99999999999999_wrong
printf 'SELECT 1;\n\nALTER TABLE "Nothing" ADD COLUMN a INTEGER;\n' > prisma/migrations/99999999999999_wrong/migration.sql
run check
expect 1 'migration.sql:3'
expect 1 '42P01'
exit $failed
