-- bellows: plan=8e4f7e0e3fe6abc9 phase=contract script=2/2
/*
  Warnings:

  - the primary key of the table `Label` changes; if the new one has duplicates or nulls, this fails
  - column `kind` of the table `Label` changes from `Text` to `Kind`; values that do not fit make it fail or are cut
  - `Label.kind`: the table is rewritten while nobody can read or write it
  - `Label`: an index is built while nobody can write
  - `Label.kind`: a column changes to a type that one of the two programs does not understand

*/
-- AlterTable
ALTER TABLE "Label" ADD COLUMN     "kind__bellows" TEXT;
UPDATE "Label" SET "kind__bellows" = "kind";
ALTER TABLE "Label" ALTER COLUMN "kind__bellows" SET DATA TYPE "Kind" USING ("kind__bellows"::text::"Kind");
ALTER TABLE "Label" DROP CONSTRAINT "Label_pkey",
DROP COLUMN "kind";
ALTER TABLE "Label" RENAME COLUMN "kind__bellows" TO "kind";
ALTER TABLE "Label" ALTER COLUMN "kind" SET NOT NULL;
ALTER TABLE "Label" ADD CONSTRAINT "Label_pkey" PRIMARY KEY ("kind", "id");
