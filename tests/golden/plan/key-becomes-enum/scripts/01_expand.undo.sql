-- DropFillTrigger
DROP TRIGGER "zzzz_bellows_Label_kind" ON "Label";
DROP FUNCTION "zzzz_bellows_Label_kind"();

-- DropCast
DROP CAST ("Kind" AS pg_catalog.text);

-- AlterTable
ALTER TABLE "Label" DROP COLUMN "kind__bellows";

-- DropEnum
DROP TYPE "Kind";
