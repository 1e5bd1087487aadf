-- bellows: plan=cd677429e5d66f47 phase=backfill script=4/11
-- Backfill
-- bellows: backfill table="audit"."Team" key="id"
UPDATE "audit"."Team" SET "since__bellows" = "since" WHERE "since__bellows" IS NULL;
