-- DropIndex
DROP INDEX "M_a_key";

-- DropIndex
DROP INDEX "M_b_a_idx";

-- DropIndex
DROP INDEX "M_a_b_key";

-- AlterTable
ALTER TABLE "M" DROP COLUMN "a",
ADD COLUMN     "aa" TEXT NOT NULL;

-- CreateIndex
CREATE UNIQUE INDEX "M_aa_key" ON "M"("aa");

-- CreateIndex
CREATE INDEX "M_b_aa_idx" ON "M"("b", "aa");

-- CreateIndex
CREATE UNIQUE INDEX "M_aa_b_key" ON "M"("aa", "b");
