-- DropIndex
DROP INDEX "Card_userId_idx";

-- CreateIndex
CREATE UNIQUE INDEX "Card_userId_key" ON "Card"("userId");
