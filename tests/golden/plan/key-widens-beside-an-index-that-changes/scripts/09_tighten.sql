-- bellows: plan=f07202ac65bac8b4 phase=tighten script=9/11
-- SetNotNull
ALTER TABLE "Player" ALTER COLUMN "teamId__bellows" SET NOT NULL;

-- DropCheck
ALTER TABLE "Player" DROP CONSTRAINT "Player_carried__bellows";
