-- bellows: plan=3c1a34e6fe990bc0 phase=backfill script=2/13
-- Backfill
-- bellows: backfill table="Author" key="id"
UPDATE "Author" SET "id__bellows" = "id" WHERE "id__bellows" IS NULL;
