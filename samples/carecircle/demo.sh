#!/usr/bin/env bash
# The main job, told as a story: CareCircle's database from an empty folder to an empty plan.
#
#     samples/carecircle/demo.sh PATH/TO/bellows
#
# Works in a temporary copy on a private PostgreSQL, which is stopped and removed at the end.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
bellows=$(realpath "${1:?usage: demo.sh PATH/TO/bellows}")
work=$(mktemp -d "${TMPDIR:-/tmp}/carecircle.XXXXXX")
unset DATABASE_URL

if [ -t 1 ] && [ -z "${NO_COLOR:-}" ]; then
    bold=$'\033[1m' dim=$'\033[2m' blue=$'\033[1;34m' plain=$'\033[0m'
else
    bold='' dim='' blue='' plain=''
fi

cleanup() {
    cd "$work" 2>/dev/null && "$bellows" server stop --remove >/dev/null 2>&1
    rm -rf "$work"
}
trap cleanup EXIT

chapter() { printf '\n%s== %s%s\n%s\n\n' "$blue" "$1" "$plain" "$2"; }

# The words of a command, with the URL of the production database as a person would have it.
shown() {
    local words="$*"
    echo "${words//"${production:-none}"/\$PRODUCTION_URL}"
}

# Shows a bellows command and runs it; every command of the story must succeed.
run() {
    printf '%s$ bellows %s%s\n' "$bold" "$(shown "$@")" "$plain"
    "$bellows" "$@" 2>&1 | sed 's/^/  /'
    echo
}

# The same for a command that must find a difference (exit code 2).
run_expecting_difference() {
    local status=0
    printf '%s$ bellows %s%s\n' "$bold" "$(shown "$@")" "$plain"
    "$bellows" "$@" > "$work/out" 2>&1 || status=$?
    sed 's/^/  /' "$work/out"
    printf '  %s(exit code %s)%s\n' "$dim" "$status" "$plain"
    [ "$status" -eq 2 ]
}

edit() {
    printf '%sedit prisma/schema.prisma%s\n' "$bold" "$plain"
    grep '^[-+]' "$here/history/$1.patch" | grep -v '^[-+][-+]' | sed 's/^/  /'
    git apply "$here/history/$1.patch"
    echo
}

# An SQL text, by the tool's own means.
sql() {
    printf '%s$ bellows db execute --stdin%s\n%s\n' "$bold" "$plain" "$1" | sed '2,$s/^/  /'
    printf '%s\n' "$1" | "$bellows" db execute --stdin --url "${2:-$url}" 2>&1 | sed 's/^/  /'
}

cd "$work"
mkdir prisma
cp "$here/history/00_initial.prisma" prisma/schema.prisma
sed -i '/url .*env/d' prisma/schema.prisma

chapter "1. A database of one's own" \
    "No server given, none needed: bellows runs the PostgreSQL installed here, privately."
run server start
url=$("$bellows" server url)

production=${url%/dev*}/production${url#*/dev}
# shellcheck disable=SC2016  # dollar quotes of SQL, not of the shell
rows='INSERT INTO "User" ("id", "email", "name", "password_hash", "updatedAt")
SELECT gen_random_uuid(), $$user$$ || n || $$@example.org$$, $$User $$ || n, $$x$$, now() FROM generate_series(1, 1000) n;
INSERT INTO "Family" ("id", "name") VALUES ($$00000000-0000-4000-8000-0000000000f1$$, $$Lima$$);
INSERT INTO "CareRecipient" ("id", "familyId", "firstName", "lastName")
VALUES ($$00000000-0000-4000-8000-0000000000c1$$, $$00000000-0000-4000-8000-0000000000f1$$, $$Rosa$$, $$Lima$$);
INSERT INTO "Medication" ("id", "careRecipientId", "name", "dosage", "unitsLeft", "startsOn")
SELECT gen_random_uuid(), $$00000000-0000-4000-8000-0000000000c1$$, $$Medication $$ || n, $$1$$, n % 90, $$2026-01-01$$
FROM generate_series(1, 12000) n;'

chapter "2. Create" "Fourteen models become the first migration: written, applied, recorded. Production gets it too."
run validate
run migrate dev --name initial
run migrate deploy --url "$production"
sql "$rows"
printf '%s\n' "$rows" | "$bellows" db execute --stdin --url "$production" > /dev/null 2>&1
run migrate status

chapter "3. A new field, a new model" "Additions are safe: one script, plain DDL."
edit 01_add_user_preferences_and_audit_log
run plan
run migrate dev --name add_user_preferences_and_audit_log

chapter "4. A required field on 12,000 rows" \
    "Plain DDL would fail here. The plan fills the column in batches, then proves and sets NOT NULL."
edit 03_add_medication_refill_alert
run plan
run migrate dev --name add_medication_refill_alert

chapter "5. To production" \
    "The running program does not know the field yet: the trigger that fills it for that program leaves last."
run migrate deploy --url "$production"
printf '\n%s... the new program is deployed, the old one is gone ...%s\n\n' "$dim" "$plain"
run migrate deploy --contract --url "$production"

chapter "6. A rename" \
    "The hint says that fullName was name. Nothing is copied, nothing is lost, and meanwhile both names work."
edit 04_rename_user_name
run plan
run migrate dev --name rename_user_name
run migrate deploy --url "$production"
sql "INSERT INTO \"User\" (\"id\", \"email\", \"name\", \"password_hash\", \"updatedAt\")
VALUES (gen_random_uuid(), 'old@example.org', 'written by the old program', 'x', now());
INSERT INTO \"User\" (\"id\", \"email\", \"fullName\", \"password_hash\", \"updatedAt\")
VALUES (gen_random_uuid(), 'new@example.org', 'written by the new program', 'x', now());" "$production"
run migrate deploy --contract --url "$production"

chapter "7. A field leaves, an index comes" \
    "The column goes in the contract phase; the index is built without blocking writers."
edit 05_drop_document_legacy_path
run migrate dev --name drop_document_legacy_path --accept-data-loss
edit 06_index_active_medications
run migrate dev --name index_active_medications
run migrate deploy --contract --url "$production"
run migrate status --url "$production"

chapter "8. Somebody changes the database by hand" "check says what, and fails the build with exit code 2."
sql 'ALTER TABLE "Contact" ADD COLUMN "nickname" text;'
run_expecting_difference check
sql 'ALTER TABLE "Contact" DROP COLUMN "nickname";'
run check

chapter "9. The end: nothing to do" "Schema, migrations and database agree; the plan is empty."
run plan
run plan --from database
run migrate diff --from-url "$production" --to-schema prisma/schema.prisma --exit-code
