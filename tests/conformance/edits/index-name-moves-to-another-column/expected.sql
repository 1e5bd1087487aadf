-- DropIndex
DROP INDEX "x";

-- AlterTable
ALTER TABLE "M" ADD COLUMN     "b" INTEGER NOT NULL;

-- CreateIndex
CREATE UNIQUE INDEX "x" ON "M"("b");
