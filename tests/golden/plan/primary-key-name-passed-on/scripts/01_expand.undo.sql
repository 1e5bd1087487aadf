-- DropTable
DROP TABLE "Nurse";

-- AlterTable
ALTER TABLE "Ward" DROP COLUMN "number";
