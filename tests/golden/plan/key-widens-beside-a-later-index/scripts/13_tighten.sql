-- bellows: plan=192d251026f1830c phase=tighten script=13/15
-- SetNotNull
ALTER TABLE "Bill" ALTER COLUMN "rank__bellows" SET NOT NULL;

-- DropCheck
ALTER TABLE "Bill" DROP CONSTRAINT "Bill_carried__bellows";
