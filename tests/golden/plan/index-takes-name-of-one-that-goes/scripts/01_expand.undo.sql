-- DropIndex
DROP INDEX "by_label_new__bellows";

-- DropTable
DROP TABLE "Tour";

-- AlterTable
ALTER TABLE "Trip" ALTER COLUMN "code" SET NOT NULL,
DROP COLUMN "number";
