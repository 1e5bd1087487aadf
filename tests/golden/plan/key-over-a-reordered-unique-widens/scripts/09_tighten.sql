-- bellows: plan=a8d71b5220333c9a phase=tighten script=9/12
-- SetNotNull
ALTER TABLE "Slot" ALTER COLUMN "hour__bellows" SET NOT NULL;

-- DropCheck
ALTER TABLE "Slot" DROP CONSTRAINT "Slot_carried__bellows";
