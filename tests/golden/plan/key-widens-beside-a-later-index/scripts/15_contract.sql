-- bellows: plan=095cc3349d4998c6 phase=contract script=15/15
-- DropEnum
DROP TYPE "Mode";
