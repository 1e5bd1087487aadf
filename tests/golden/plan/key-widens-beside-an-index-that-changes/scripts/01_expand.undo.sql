-- DropCheck
ALTER TABLE "Player" DROP CONSTRAINT "Player_carried__bellows";

-- DropCheck
ALTER TABLE "Team" DROP CONSTRAINT "Team_carried__bellows";

-- DropFillTrigger
DROP TRIGGER "zzzz_bellows_Player_teamId" ON "Player";
DROP FUNCTION "zzzz_bellows_Player_teamId"();

-- DropFillTrigger
DROP TRIGGER "zzzz_bellows_Team_id" ON "Team";
DROP FUNCTION "zzzz_bellows_Team_id"();

-- AlterTable
ALTER TABLE "Player" DROP COLUMN "teamId__bellows";

-- AlterTable
ALTER TABLE "Team" DROP COLUMN "id__bellows";
