-- bellows: plan=7a6f9e16fe1f2ad8 phase=backfill script=2/6
-- Backfill
-- bellows: backfill table="Label" key="kind","id"
UPDATE "Label" SET "kind__bellows" = NULL WHERE "kind__bellows" IS NULL;
