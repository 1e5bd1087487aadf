-- bellows: plan=ecc0257da1e50b7f phase=contract script=2/2
/*
  Warnings:

  - column `grade` of the table `Part` changes from `Grade` to `grade_of_part`; values that do not fit make it fail or are cut
  - column `state` of the table `Part` changes from `Grade` to `grade_of_part`; values that do not fit make it fail or are cut
  - [state] of the table `Part` becomes unique; if there are duplicates, this fails
  - `Part.grade`: the table is rewritten while nobody can read or write it
  - `Part.state`: the table is rewritten while nobody can read or write it
  - `Part`: an index is built while nobody can write
  - `Part`: an index is built while nobody can write
  - `Part.grade`: a column changes to a type that one of the two programs does not understand
  - `Part.state`: a column changes to a type that one of the two programs does not understand

*/
-- AlterTable
ALTER TABLE "Part" ADD COLUMN     "grade__bellows" "grade_of_part";
ALTER TABLE "Part" ALTER COLUMN "grade__bellows" SET DATA TYPE "grade_of_part" USING ("grade"::text::"grade_of_part");
ALTER TABLE "Part" ADD COLUMN     "state__bellows" "grade_of_part";
ALTER TABLE "Part" ALTER COLUMN "state__bellows" SET DATA TYPE "grade_of_part" USING ("state"::text::"grade_of_part");
ALTER TABLE "Part" DROP COLUMN "grade",
DROP COLUMN "state";
ALTER TABLE "Part" RENAME COLUMN "grade__bellows" TO "grade";
ALTER TABLE "Part" RENAME COLUMN "state__bellows" TO "state";
ALTER TABLE "Part" ALTER COLUMN "state" SET NOT NULL;

-- DropEnum
DROP TYPE "Grade";

-- CreateIndex
CREATE UNIQUE INDEX "Part_state_key" ON "Part"("state");

-- CreateIndex
CREATE INDEX "Part_size_state_grade_idx" ON "Part"("size", "state", "grade");
