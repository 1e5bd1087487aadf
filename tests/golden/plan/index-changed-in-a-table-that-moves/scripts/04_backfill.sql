-- bellows: plan=5680b1b78d22cc2a phase=backfill script=4/11
-- Backfill
-- bellows: backfill table="audit"."Team" key="id"
UPDATE "audit"."Team" SET "since__bellows" = "since" WHERE "since__bellows" IS NULL;
