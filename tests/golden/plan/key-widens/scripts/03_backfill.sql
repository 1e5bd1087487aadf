-- bellows: plan=08fd5e0352ba5acb phase=backfill script=3/13
-- Backfill
-- bellows: backfill table="Post" key="id"
UPDATE "Post" SET "authorId__bellows" = "authorId" WHERE "authorId__bellows" IS NULL;
