-- bellows: plan=3a6515b7787d3830 phase=contract script=15/15
-- DropEnum
DROP TYPE "Mode";
