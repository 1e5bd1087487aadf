-- bellows: plan=81b48e1ca39b8329 phase=backfill script=2/6
-- Backfill
-- bellows: backfill table="Label" key="kind","id"
UPDATE "Label" SET "kind__bellows" = NULL WHERE "kind__bellows" IS NULL;
