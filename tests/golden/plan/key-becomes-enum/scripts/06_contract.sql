-- bellows: plan=8e4f7e0e3fe6abc9 phase=contract script=6/7
-- SetNotNull
ALTER TABLE "Label" ALTER COLUMN "kind__bellows" SET NOT NULL;

-- DropCheck
ALTER TABLE "Label" DROP CONSTRAINT "Label_carried__bellows";
