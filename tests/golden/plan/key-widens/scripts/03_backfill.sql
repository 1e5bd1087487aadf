-- bellows: plan=bf433071a6d10f44 phase=backfill script=3/13
-- Backfill
-- bellows: backfill table="Post" key="id"
UPDATE "Post" SET "authorId__bellows" = "authorId" WHERE "authorId__bellows" IS NULL;
