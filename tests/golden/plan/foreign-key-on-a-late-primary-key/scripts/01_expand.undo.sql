-- DropTable
DROP TABLE "Bed";

-- AlterTable
ALTER TABLE "Ward" DROP COLUMN "code";
