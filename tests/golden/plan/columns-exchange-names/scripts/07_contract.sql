-- bellows: plan=8f0490322dab5eda phase=contract script=7/10
-- DropForeignKey
ALTER TABLE "A" DROP CONSTRAINT "A_b_fkey";
