-- AlterEnum
ALTER TYPE "F" ADD VALUE 'y';

-- AlterTable
ALTER TABLE "T" DROP COLUMN "a",
ADD COLUMN     "a" "F" NOT NULL;

-- DropEnum
DROP TYPE "E";
