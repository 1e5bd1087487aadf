-- bellows: plan=0845f7914e7bc78a phase=backfill script=4/7
-- Backfill
-- bellows: backfill table="Part" key="id"
UPDATE "Part" SET "token" = DEFAULT WHERE "token" IS NULL;
