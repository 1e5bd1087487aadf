-- bellows: plan=2a30b2761c0cef6b phase=backfill script=2/10
-- Backfill
-- bellows: backfill table="A" key="id"
UPDATE "A" SET "a" = 7 WHERE "a" IS NULL;
