-- bellows: plan=6056f890aec32a0c phase=contract script=1/4
/*
  Warnings:

  - column `dose` of the table `Medication` becomes required; this fails if it holds nulls

*/
-- Backfill
-- TODO: nothing says what nulls become. Write the value and take the dashes away:
-- UPDATE "Medication" SET "dose" = ... WHERE "dose" IS NULL;
DO $bellows$
BEGIN
    IF EXISTS (SELECT FROM "Medication" WHERE "dose" IS NULL) THEN
        RAISE EXCEPTION 'a column that becomes required still holds nulls'
            USING HINT = 'Fill them, in the marked place of this script or before.';
    END IF;
END
$bellows$;
