-- bellows: plan=fcadc097cc64a646 phase=contract script=15/15
-- DropEnum
DROP TYPE "Mode";
