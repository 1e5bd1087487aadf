-- bellows: plan=a6ea4390bf210bf6 phase=contract script=2/3
/*
  Warnings:

  - the values [GUEST] are removed from the enum `Role`; if rows still use them, this fails
  - `Role`: the table is rewritten while nobody can read or write it

*/
-- AlterEnum
BEGIN;
CREATE TYPE "Role_new" AS ENUM ('USER', 'ADMIN');
ALTER TABLE "User" ALTER COLUMN "role" TYPE "Role_new" USING ("role"::text::"Role_new");
ALTER TYPE "Role" RENAME TO "Role_old";
ALTER TYPE "Role_new" RENAME TO "Role";
DROP TYPE "Role_old";
COMMIT;
