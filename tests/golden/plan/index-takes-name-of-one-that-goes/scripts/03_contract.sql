-- bellows: plan=152f8422fdf266f3 phase=contract script=3/3
/*
  Warnings:

  - column `code` of the table `Trip` will be dropped; all values in it are lost
  - the table `Ride` will be dropped; all its rows are lost if it has any

*/
-- DropIndex
DROP INDEX "by_code";

-- AlterTable
ALTER TABLE "Trip" DROP COLUMN "code";

-- DropTable
DROP TABLE "Ride";

-- RenameIndex
ALTER INDEX "by_label_new__bellows" RENAME TO "by_label";

-- RenameIndex
ALTER INDEX "by_code_new__bellows" RENAME TO "by_code";
