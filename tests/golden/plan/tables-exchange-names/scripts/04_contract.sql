-- bellows: plan=de959576ef8d499b phase=contract script=4/5
/*
  Warnings:

  - the values [Y] are removed from the enum `E`; if rows still use them, this fails
  - `E`: the table is rewritten while nobody can read or write it

*/
-- AlterEnum
BEGIN;
CREATE TYPE "E_new" AS ENUM ('X');
ALTER TABLE "B" ALTER COLUMN "e" TYPE "E_new" USING ("e"::text::"E_new");
ALTER TYPE "E" RENAME TO "E_old";
ALTER TYPE "E_new" RENAME TO "E";
DROP TYPE "E_old";
COMMIT;
