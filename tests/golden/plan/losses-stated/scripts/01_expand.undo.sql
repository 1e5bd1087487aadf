-- DropFillTrigger
DROP TRIGGER "zzzz_bellows_parcel_sizes" ON "parcel";
DROP FUNCTION "zzzz_bellows_parcel_sizes"();

-- AlterTable
ALTER TABLE "parcel" DROP COLUMN "sizes__bellows";
