-- bellows: plan=0845f7914e7bc78a phase=backfill script=3/7
-- Backfill
-- bellows: backfill table="Part" key="id"
UPDATE "Part" SET "wide" = size WHERE "wide" IS NULL;
