-- DropCheck
ALTER TABLE "audit"."Team" DROP CONSTRAINT "Team_carried__bellows";

-- DropFillTrigger
DROP TRIGGER "zzzz_bellows_Team_since" ON "audit"."Team";
DROP FUNCTION "audit"."zzzz_bellows_Team_since"();

-- AlterTable
ALTER TABLE "audit"."Team" DROP COLUMN "since__bellows";
