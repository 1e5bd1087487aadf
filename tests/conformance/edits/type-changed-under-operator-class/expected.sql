-- DropIndex
DROP INDEX "User_name_idx";

-- DropIndex
DROP INDEX "User_nick_idx";

-- AlterTable
ALTER TABLE "User" ALTER COLUMN "name" SET DATA TYPE CHAR(20),
ALTER COLUMN "nick" SET DATA TYPE VARCHAR(20);

-- CreateIndex
CREATE INDEX "User_name_idx" ON "User"("name");

-- CreateIndex
CREATE INDEX "User_nick_idx" ON "User"("nick");
