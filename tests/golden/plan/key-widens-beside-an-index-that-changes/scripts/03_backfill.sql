-- bellows: plan=f07202ac65bac8b4 phase=backfill script=3/11
-- Backfill
-- bellows: backfill table="Player" key="id"
UPDATE "Player" SET "teamId__bellows" = "teamId" WHERE "teamId__bellows" IS NULL;
