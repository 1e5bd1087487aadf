-- bellows: plan=18b7893a8d50b49b phase=contract script=2/3
/*
  Warnings:

  - the values [LOST] are removed from the enum `State`; if rows still use them, this fails
  - `State`: the table is rewritten while nobody can read or write it

*/
-- AlterEnum
BEGIN;
CREATE TYPE "State_new" AS ENUM ('OPEN', 'FULL');
ALTER TABLE "Trip" ALTER COLUMN "state" TYPE "State_new" USING ("state"::text::"State_new");
ALTER TYPE "State" RENAME TO "State_old";
ALTER TYPE "State_new" RENAME TO "State";
DROP TYPE "State_old";
COMMIT;
