-- bellows: plan=f07202ac65bac8b4 phase=backfill script=2/11
-- Backfill
-- bellows: backfill table="Team" key="id"
UPDATE "Team" SET "id__bellows" = "id" WHERE "id__bellows" IS NULL;
