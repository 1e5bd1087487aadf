-- bellows: plan=08fd5e0352ba5acb phase=backfill script=2/13
-- Backfill
-- bellows: backfill table="Author" key="id"
UPDATE "Author" SET "id__bellows" = "id" WHERE "id__bellows" IS NULL;
