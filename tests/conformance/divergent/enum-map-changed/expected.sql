-- CreateEnum
CREATE TYPE "status" AS ENUM ('ON', 'OFF');

-- AlterTable
ALTER TABLE "M" DROP COLUMN "a",
ADD COLUMN     "a" "status" DEFAULT 'ON',
DROP COLUMN "b",
ADD COLUMN     "b" "status"[];

-- DropEnum
DROP TYPE "Status";
