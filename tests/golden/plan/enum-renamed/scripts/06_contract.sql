-- bellows: plan=76adaf5c963c1111 phase=contract script=6/6 programs=apart
-- bellows: tables="Account","Tariff","Plan","account_role","role"
/*
  Warnings:

  - `Plan`: a rename that no compatibility view can hide
  - `role`: a rename that no compatibility view can hide

*/
-- DropFillTrigger
DROP TRIGGER "zzzz_bellows_Account_plan" ON "Account";
DROP FUNCTION "zzzz_bellows_Account_plan"();

-- RenameEnum
ALTER TYPE "Plan" RENAME TO "Tariff";
ALTER TYPE "Tariff" RENAME VALUE 'PAID' TO 'BUSINESS';

-- RenameEnum
ALTER TYPE "role" RENAME TO "account_role";
ALTER TYPE "account_role" RENAME VALUE 'guest' TO 'visitor';
ALTER TYPE "account_role" RENAME VALUE 'user' TO '_bellows_user';
ALTER TYPE "account_role" RENAME VALUE 'admin' TO 'user';
ALTER TYPE "account_role" RENAME VALUE '_bellows_user' TO 'admin';

-- AlterTable
ALTER TABLE "Account" ALTER COLUMN "latest" DROP DEFAULT;
