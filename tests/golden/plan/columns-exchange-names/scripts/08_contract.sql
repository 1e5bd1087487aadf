-- bellows: plan=8f0490322dab5eda phase=contract script=8/11
-- DropForeignKey
ALTER TABLE "A" DROP CONSTRAINT "A_b_fkey";
