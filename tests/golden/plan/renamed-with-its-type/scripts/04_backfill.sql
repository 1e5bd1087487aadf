-- bellows: plan=7f89df7132d21f59 phase=backfill script=4/15
-- Backfill
-- bellows: backfill table="Ware" key="id"
UPDATE "Ware" SET "cents" = NULL WHERE "cents" IS NULL;
