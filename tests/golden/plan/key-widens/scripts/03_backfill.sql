-- bellows: plan=3407e1aee8729ed0 phase=backfill script=3/13
-- Backfill
-- bellows: backfill table="Post" key="id"
UPDATE "Post" SET "authorId__bellows" = "authorId" WHERE "authorId__bellows" IS NULL;
