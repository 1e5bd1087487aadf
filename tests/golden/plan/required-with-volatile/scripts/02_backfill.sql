-- bellows: plan=481c4325292bc212 phase=backfill script=2/7
-- Backfill
-- bellows: backfill table="Medication" key="id"
UPDATE "Medication" SET "publicId" = pg_catalog.gen_random_uuid() WHERE "publicId" IS NULL;
