-- DropFillTrigger
DROP TRIGGER "zzzz_bellows_A_b" ON "A";
DROP FUNCTION "zzzz_bellows_A_b"();

-- RenameIndex
ALTER INDEX "A_a_key" RENAME TO "A_b_key";

-- RenameIndex
ALTER INDEX "A_b_idx" RENAME TO "A_a_idx";

-- AlterTable
ALTER TABLE "A" DROP COLUMN "z";
