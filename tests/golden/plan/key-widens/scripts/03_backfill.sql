-- bellows: plan=2ff7c12cdb9416d6 phase=backfill script=3/13
-- Backfill
-- bellows: backfill table="Post" key="id"
UPDATE "Post" SET "authorId__bellows" = "authorId" WHERE "authorId__bellows" IS NULL;
