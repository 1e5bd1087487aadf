-- bellows: plan=1234167ebdc0fe16 phase=contract script=2/2 programs=apart
-- bellows: tables="_bellows_Kind","Kind","A"
/*
  Warnings:

  - column `kind` of the table `A` will be dropped; all values in it are lost
  - `A`: a rename that no compatibility view can hide

*/
-- RenameEnum
ALTER TYPE "Kind" RENAME TO "_bellows_Kind";

-- RenameTable
ALTER TABLE "A" RENAME TO "Kind";

-- AlterTable
ALTER TABLE "Kind" DROP COLUMN "kind";

-- DropEnum
DROP TYPE "_bellows_Kind";
