-- AlterEnum
ALTER TYPE "odd kind" ADD VALUE 'c,d';

-- DropIndex
DROP INDEX "odd table.x_a b_idx";

-- AlterTable
ALTER TABLE "odd table.x" DROP COLUMN "größe",
ADD COLUMN     "日本" INTEGER NOT NULL,
ALTER COLUMN "a b" DROP NOT NULL,
ALTER COLUMN "it's" SET DEFAULT 3,
ALTER COLUMN "it's" SET DATA TYPE BIGINT;

-- CreateIndex
CREATE INDEX "odd table.x_a b_it's_idx" ON "odd table.x"("a b", "it's");
