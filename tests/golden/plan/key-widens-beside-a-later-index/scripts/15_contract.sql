-- bellows: plan=3faf5d6c00574208 phase=contract script=15/15
-- DropEnum
DROP TYPE "Mode";
