-- bellows: plan=1228eabe2c7a6115 phase=contract script=6/6
-- DropEnum
DROP TYPE "Level";
