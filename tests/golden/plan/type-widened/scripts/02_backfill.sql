-- bellows: plan=a4102f336e8646cd phase=backfill script=2/4
-- Backfill
-- bellows: backfill table="User" key="id"
UPDATE "User" SET "count__bellows" = "count" WHERE "count__bellows" IS NULL;
