-- bellows: plan=0052d57e274eed52 phase=tighten script=5/6
-- SetNotNull
ALTER TABLE "User" ALTER COLUMN "count__bellows" SET NOT NULL;

-- DropCheck
ALTER TABLE "User" DROP CONSTRAINT "User_switched__bellows";
