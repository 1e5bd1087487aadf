-- bellows: plan=fc3d0d6ffa110f0b phase=contract script=5/8
/*
  Warnings:

  - column `code` of the table `Ward` becomes required and nothing says what existing rows get

*/
-- Backfill
-- TODO: nothing says what nulls become. Write the value and take the dashes away:
-- UPDATE "Ward" SET "code" = ... WHERE "code" IS NULL;
DO $bellows$
BEGIN
    IF EXISTS (SELECT FROM "Ward" WHERE "code" IS NULL) THEN
        RAISE EXCEPTION 'a column that becomes required still holds nulls'
            USING HINT = 'Fill them, in the marked place of this script or before.';
    END IF;
END
$bellows$;
