-- bellows: plan=c2fc473bda64ce70 phase=contract script=2/5
/*
  Warnings:

  - column `refillAt` of the table `Medication` becomes required and nothing says what existing rows get

*/
-- Backfill
-- TODO: nothing says what nulls become. Write the value and take the dashes away:
-- UPDATE "Medication" SET "refillAt" = ... WHERE "refillAt" IS NULL;
DO $bellows$
BEGIN
    IF EXISTS (SELECT FROM "Medication" WHERE "refillAt" IS NULL) THEN
        RAISE EXCEPTION 'a column that becomes required still holds nulls'
            USING HINT = 'Fill them, in the marked place of this script or before.';
    END IF;
END
$bellows$;
