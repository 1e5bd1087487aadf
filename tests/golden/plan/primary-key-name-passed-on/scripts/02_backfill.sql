-- bellows: plan=ed14b47f83aceefb phase=backfill script=2/8
-- Backfill
-- bellows: backfill table="Ward" key="number"
UPDATE "Ward" SET "number" = DEFAULT WHERE "number" IS NULL;
