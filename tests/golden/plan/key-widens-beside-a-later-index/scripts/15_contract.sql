-- bellows: plan=068a9677cac2ee4f phase=contract script=15/15
-- DropEnum
DROP TYPE "Mode";
