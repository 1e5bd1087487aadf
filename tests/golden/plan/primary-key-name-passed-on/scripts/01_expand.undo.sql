-- AlterTable
ALTER TABLE "Ward" DROP COLUMN "number";
