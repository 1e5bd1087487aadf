-- bellows: plan=a3da1824d5661732 phase=contract script=3/3
/*
  Warnings:

  - the values [GUEST] are removed from the enum `Role`; if rows still use them, this fails
  - `Role`: the table is rewritten while nobody can read or write it

*/
-- AlterEnum
BEGIN;
CREATE TYPE "Role_new" AS ENUM ('USER');
ALTER TABLE "User" ALTER COLUMN "the_role" DROP DEFAULT;
ALTER TABLE "User" ALTER COLUMN "the_role" TYPE "Role_new" USING ("the_role"::text::"Role_new");
ALTER TYPE "Role" RENAME TO "Role_old";
ALTER TYPE "Role_new" RENAME TO "Role";
DROP TYPE "Role_old";
ALTER TABLE "User" ALTER COLUMN "the_role" SET DEFAULT 'USER';
COMMIT;
