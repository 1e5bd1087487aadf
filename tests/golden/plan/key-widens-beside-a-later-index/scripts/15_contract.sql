-- bellows: plan=192d251026f1830c phase=contract script=15/15
-- DropEnum
DROP TYPE "Mode";
