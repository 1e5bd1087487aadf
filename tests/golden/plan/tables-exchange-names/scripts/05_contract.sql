-- bellows: plan=de959576ef8d499b phase=contract script=5/5
-- AlterTable
ALTER TABLE "B" ALTER COLUMN "e" SET DEFAULT 'X';

-- AlterTable
ALTER TABLE "A" ALTER COLUMN "n" DROP DEFAULT;
