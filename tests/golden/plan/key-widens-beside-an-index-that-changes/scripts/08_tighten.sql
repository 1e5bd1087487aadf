-- bellows: plan=f07202ac65bac8b4 phase=tighten script=8/11
-- SetNotNull
ALTER TABLE "Team" ALTER COLUMN "id__bellows" SET NOT NULL;

-- DropCheck
ALTER TABLE "Team" DROP CONSTRAINT "Team_carried__bellows";
