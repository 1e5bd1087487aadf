-- bellows: plan=7d3901e8340cbec6 phase=backfill script=4/13
-- Backfill
-- bellows: backfill table="Fresh" key="id"
UPDATE "Fresh" SET "r__bellows" = NULL WHERE "r__bellows" IS NULL;
