-- bellows: plan=b8746819411c08ed phase=contract script=6/7
-- SetNotNull
ALTER TABLE "User" ALTER COLUMN "role__bellows" SET NOT NULL;

-- DropCheck
ALTER TABLE "User" DROP CONSTRAINT "User_carried__bellows";
