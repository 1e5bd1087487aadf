-- AlterTable
ALTER TABLE "X" DROP COLUMN "a",
ADD COLUMN     "a" INTEGER NOT NULL,
DROP COLUMN "b",
ADD COLUMN     "b" INTEGER NOT NULL;

-- CreateIndex
CREATE UNIQUE INDEX "X_a_key" ON "X"("a");

-- CreateIndex
CREATE INDEX "X_b_idx" ON "X"("b");

-- CreateIndex
CREATE INDEX "X_c_b_idx" ON "X"("c", "b");

-- CreateIndex
CREATE UNIQUE INDEX "X_b_c_key" ON "X"("b", "c");
