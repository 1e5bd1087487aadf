-- bellows: plan=095cc3349d4998c6 phase=backfill script=2/15
-- Backfill
-- bellows: backfill table="Bill" key="id"
UPDATE "Bill" SET "id__bellows" = "id" WHERE "id__bellows" IS NULL;
