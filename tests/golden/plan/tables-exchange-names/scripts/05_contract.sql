-- bellows: plan=6db609f19c334f68 phase=contract script=5/5
-- AlterTable
ALTER TABLE "B" ALTER COLUMN "e" SET DEFAULT 'X';

-- AlterTable
ALTER TABLE "A" ALTER COLUMN "n" DROP DEFAULT;
