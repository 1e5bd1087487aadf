-- bellows: plan=cbeffac2e5283781 phase=contract script=15/15
-- DropEnum
DROP TYPE "Mode";
