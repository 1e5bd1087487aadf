-- bellows: plan=bf433071a6d10f44 phase=backfill script=2/13
-- Backfill
-- bellows: backfill table="Author" key="id"
UPDATE "Author" SET "id__bellows" = "id" WHERE "id__bellows" IS NULL;
