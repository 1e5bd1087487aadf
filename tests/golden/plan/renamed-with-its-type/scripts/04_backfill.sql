-- bellows: plan=0667b867c6782854 phase=backfill script=4/15
-- Backfill
-- bellows: backfill table="Ware" key="id"
UPDATE "Ware" SET "cents" = NULL WHERE "cents" IS NULL;
