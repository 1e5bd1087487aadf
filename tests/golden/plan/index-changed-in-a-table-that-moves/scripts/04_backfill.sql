-- bellows: plan=67bfa6a4795f7a05 phase=backfill script=4/11
-- Backfill
-- bellows: backfill table="audit"."Team" key="id"
UPDATE "audit"."Team" SET "since__bellows" = "since" WHERE "since__bellows" IS NULL;
