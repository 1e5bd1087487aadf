-- bellows: plan=a809841f8c0319cd phase=backfill script=2/6
-- Backfill
-- bellows: backfill table="Label" key="kind","id"
UPDATE "Label" SET "kind__bellows" = NULL WHERE "kind__bellows" IS NULL;
