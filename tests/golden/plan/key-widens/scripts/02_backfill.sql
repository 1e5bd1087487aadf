-- bellows: plan=2ff7c12cdb9416d6 phase=backfill script=2/13
-- Backfill
-- bellows: backfill table="Author" key="id"
UPDATE "Author" SET "id__bellows" = "id" WHERE "id__bellows" IS NULL;
