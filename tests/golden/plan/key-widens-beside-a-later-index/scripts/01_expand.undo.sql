-- DropCheck
ALTER TABLE "Bill" DROP CONSTRAINT "Bill_carried__bellows";

-- DropCheck
ALTER TABLE "Entry" DROP CONSTRAINT "Entry_switched__bellows";

-- DropCheck
ALTER TABLE "Bill" DROP CONSTRAINT "Bill_switched__bellows";

-- DropFillTrigger
DROP TRIGGER "zzzz_bellows_Entry_billId" ON "Entry";
DROP FUNCTION "zzzz_bellows_Entry_billId"();

-- DropFillTrigger
DROP TRIGGER "zzzz_bellows_Bill_rank" ON "Bill";
DROP FUNCTION "zzzz_bellows_Bill_rank"();

-- DropFillTrigger
DROP TRIGGER "zzzz_bellows_Bill_id" ON "Bill";
DROP FUNCTION "zzzz_bellows_Bill_id"();

-- AlterTable
ALTER TABLE "Entry" DROP COLUMN "billId__bellows";

-- AlterTable
ALTER TABLE "Bill" DROP COLUMN "rank__bellows",
DROP COLUMN "id__bellows";

-- DropEnum
DROP TYPE "Mood";
