-- bellows: plan=cd677429e5d66f47 phase=tighten script=7/11
-- SetNotNull
ALTER TABLE "audit"."Team" ALTER COLUMN "since__bellows" SET NOT NULL;

-- DropCheck
ALTER TABLE "audit"."Team" DROP CONSTRAINT "Team_carried__bellows";
