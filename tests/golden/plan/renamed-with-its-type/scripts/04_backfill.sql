-- bellows: plan=753a71ee50556080 phase=backfill script=4/15
-- Backfill
-- bellows: backfill table="Ware" key="id"
UPDATE "Ware" SET "cents" = NULL WHERE "cents" IS NULL;
