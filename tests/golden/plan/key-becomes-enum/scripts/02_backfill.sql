-- bellows: plan=a3ffbc8f4b87552a phase=backfill script=2/6
-- Backfill
-- bellows: backfill table="Label" key="kind","id"
UPDATE "Label" SET "kind__bellows" = NULL WHERE "kind__bellows" IS NULL;
