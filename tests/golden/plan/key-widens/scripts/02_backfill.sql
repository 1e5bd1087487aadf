-- bellows: plan=3407e1aee8729ed0 phase=backfill script=2/13
-- Backfill
-- bellows: backfill table="Author" key="id"
UPDATE "Author" SET "id__bellows" = "id" WHERE "id__bellows" IS NULL;
