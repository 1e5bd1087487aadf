-- bellows: plan=5d9dba553828b0b2 phase=contract script=5/6
-- DropCheck
ALTER TABLE "User" DROP CONSTRAINT "User_carried__bellows";
