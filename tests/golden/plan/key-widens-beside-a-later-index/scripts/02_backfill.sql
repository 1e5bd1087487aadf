-- bellows: plan=3a6515b7787d3830 phase=backfill script=2/15
-- Backfill
-- bellows: backfill table="Bill" key="id"
UPDATE "Bill" SET "id__bellows" = "id" WHERE "id__bellows" IS NULL;
