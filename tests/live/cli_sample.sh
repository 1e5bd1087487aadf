#!/usr/bin/env bash
# shellcheck disable=SC2154  # $url is cli.bash's
# samples/carecircle: its committed migrations make its schema, deploy everywhere, and its seed runs.
source "$(dirname "$0")/../harness/cli.bash"
sample=$(realpath "$(dirname "${BASH_SOURCE[0]}")/../../samples/carecircle")

use_sample() {
    rm -rf prisma
    cp -r "$sample/prisma" prisma
    sed -i '/url .*env/d' prisma/schema.prisma
}

case_begin "the migrations make the schema"
use_sample
expect 0 bellows validate
expect 0 bellows check
says "agree"

case_begin "they deploy on a fresh database, and everything agrees"
use_sample
expect 0 bellows migrate deploy --url "$url"
expect 0 bellows migrate status --url "$url"
expect 0 bellows check --url "$url"
expect 0 bellows migrate diff --from-url "$url" --to-schema prisma/schema.prisma --exit-code
expect 0 bellows db execute --file prisma/seed.sql --url "$url"
expect 0 bellows db execute --file prisma/seed.sql --url "$url"
query_gives 'SELECT count(*) FROM "Medication"' 1

case_begin "they carry a running database with rows from release to release"
use_sample
mv prisma/migrations all
mkdir prisma/migrations
cp all/migration_lock.toml prisma/migrations
release() { for name in "$@"; do cp -r all/*_"$name" prisma/migrations/; done; }
release initial
expect 0 bellows migrate deploy --url "$url"
psql_ "$url" -c "INSERT INTO \"User\" (id, email, name, password_hash, \"updatedAt\") SELECT md5(n::text)::uuid, n || '@x', 'n' || n, 'x', now() FROM generate_series(1, 3000) n" \
    -c "INSERT INTO \"Family\" (id, name) VALUES ('00000000-0000-4000-8000-0000000000f1', 'f')" \
    -c "INSERT INTO \"CareRecipient\" (id, \"familyId\", \"firstName\", \"lastName\") VALUES ('00000000-0000-4000-8000-0000000000c1', '00000000-0000-4000-8000-0000000000f1', 'a', 'b')" \
    -c "INSERT INTO \"Medication\" (id, \"careRecipientId\", name, dosage, \"unitsLeft\", \"startsOn\") SELECT gen_random_uuid(), '00000000-0000-4000-8000-0000000000c1', n::text, '1', n % 100, '2026-01-01' FROM generate_series(1, 11000) n"
release add_user_preferences_and_audit_log add_default_preferences
expect 0 bellows migrate deploy --url "$url"
query_gives 'SELECT count(*) FROM "User" WHERE preferences IS NULL' 0
for part in 1_expand 2_backfill 3_tighten 4_tighten 5_tighten 6_contract; do release "add_medication_refill_alert_$part"; done
expect 0 bellows migrate deploy --url "$url"
says 6_contract
query_gives 'SELECT count(*) FROM "Medication" WHERE "refillAt" IS DISTINCT FROM greatest("unitsLeft" / 4, 10)' 0
query_gives "SELECT attnotnull FROM pg_attribute WHERE attname = 'refillAt' AND attrelid = '\"Medication\"'::regclass" t
psql_ "$url" -c "INSERT INTO \"Medication\" (id, \"careRecipientId\", name, dosage, \"startsOn\") VALUES (md5('old program')::uuid, '00000000-0000-4000-8000-0000000000c1', 'old program', '1', '2026-01-01')"
query_gives "SELECT \"refillAt\" FROM \"Medication\" WHERE name = 'old program'" 10
release rename_user_name_1_expand rename_user_name_2_contract
expect 0 bellows migrate deploy --url "$url"
query_gives 'SELECT count(*) FROM "User" WHERE name = "fullName"' 3000
expect 0 bellows migrate deploy --contract rename_user_name --contract=add_medication_refill_alert --url "$url"
release drop_document_legacy_path_1_expand drop_document_legacy_path_2_contract index_active_medications
expect 0 bellows migrate deploy --url "$url"
says drop_document_legacy_path_2_contract
expect 0 bellows migrate deploy --contract --url "$url"
query_gives 'SELECT count(*), count("fullName") FROM "User"' "3000|3000"
expect 0 bellows check --url "$url"

finish
