-- bellows: plan=8e4f7e0e3fe6abc9 phase=backfill script=2/6
-- Backfill
-- bellows: backfill table="Label" key="kind","id"
UPDATE "Label" SET "kind__bellows" = NULL WHERE "kind__bellows" IS NULL;
