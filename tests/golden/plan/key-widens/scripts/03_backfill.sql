-- bellows: plan=3c1a34e6fe990bc0 phase=backfill script=3/13
-- Backfill
-- bellows: backfill table="Post" key="id"
UPDATE "Post" SET "authorId__bellows" = "authorId" WHERE "authorId__bellows" IS NULL;
