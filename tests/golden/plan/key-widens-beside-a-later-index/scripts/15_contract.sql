-- bellows: plan=f703b2ff898e2aa1 phase=contract script=15/15
-- DropEnum
DROP TYPE "Mode";
