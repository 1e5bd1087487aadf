-- DropFillTrigger
DROP TRIGGER "zzzz_bellows_Part_loud" ON "Part";
DROP FUNCTION "zzzz_bellows_Part_loud"();

-- DropFillTrigger
DROP TRIGGER "zzzz_bellows_Part_twice" ON "Part";
DROP FUNCTION "zzzz_bellows_Part_twice"();

-- AlterTable
ALTER TABLE "Part" DROP COLUMN "twice",
DROP COLUMN "loud";
