-- bellows: plan=8f0490322dab5eda phase=contract script=9/11
-- DropFillTrigger
DROP TRIGGER "zzzz_bellows_A_a" ON "A";
DROP FUNCTION "zzzz_bellows_A_a"();

-- AlterTable
ALTER TABLE "A" ALTER COLUMN "z" DROP DEFAULT;
