-- bellows: plan=b8746819411c08ed phase=contract script=2/2
/*
  Warnings:

  - column `role` of the table `User` changes from `Text` to `Role`; values that do not fit make it fail or are cut
  - `User.role`: the table is rewritten while nobody can read or write it
  - `User`: an index is built while nobody can write
  - `User.role`: a column changes to a type that one of the two programs does not understand

*/
-- AlterTable
ALTER TABLE "User" ADD COLUMN     "role__bellows" TEXT;
UPDATE "User" SET "role__bellows" = "role";
ALTER TABLE "User" ALTER COLUMN "role__bellows" SET DATA TYPE "Role" USING ("role__bellows"::text::"Role");
ALTER TABLE "User" DROP COLUMN "role";
ALTER TABLE "User" RENAME COLUMN "role__bellows" TO "role";
ALTER TABLE "User" ALTER COLUMN "role" SET DEFAULT 'USER';
ALTER TABLE "User" ALTER COLUMN "role" SET NOT NULL;

-- CreateIndex
CREATE INDEX "User_role_idx" ON "User"("role");
