-- CreateEnum
CREATE TYPE "State" AS ENUM ('ON', 'OFF');

-- AlterTable
ALTER TABLE "M" DROP COLUMN "a",
ADD COLUMN     "a" "State" NOT NULL DEFAULT 'ON';

-- DropEnum
DROP TYPE "Status";
