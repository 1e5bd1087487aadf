-- bellows: plan=0052d57e274eed52 phase=backfill script=2/4
-- Backfill
-- bellows: backfill table="User" key="id"
UPDATE "User" SET "count__bellows" = "count" WHERE "count__bellows" IS NULL;
