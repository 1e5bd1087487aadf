-- AlterTable
ALTER TABLE "M" ADD COLUMN     "more" INTEGER;
