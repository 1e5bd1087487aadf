-- bellows: plan=a8d71b5220333c9a phase=tighten script=11/12
-- SetNotNull
ALTER TABLE "Hold" ALTER COLUMN "hour__bellows" SET NOT NULL;

-- DropCheck
ALTER TABLE "Hold" DROP CONSTRAINT "Hold_carried__bellows";
