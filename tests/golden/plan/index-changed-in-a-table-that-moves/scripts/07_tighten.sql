-- bellows: plan=5680b1b78d22cc2a phase=tighten script=7/11
-- SetNotNull
ALTER TABLE "audit"."Team" ALTER COLUMN "since__bellows" SET NOT NULL;

-- DropCheck
ALTER TABLE "audit"."Team" DROP CONSTRAINT "Team_carried__bellows";
