-- bellows: plan=192d251026f1830c phase=tighten script=6/15
-- SetNotNull
ALTER TABLE "Bill" ALTER COLUMN "id__bellows" SET NOT NULL;

-- DropCheck
ALTER TABLE "Bill" DROP CONSTRAINT "Bill_switched__bellows";
