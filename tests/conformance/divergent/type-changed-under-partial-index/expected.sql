-- CreateEnum
CREATE TYPE "Phase" AS ENUM ('open', 'done');

-- AlterTable
ALTER TABLE "Order" ALTER COLUMN "total" SET DATA TYPE BIGINT,
DROP COLUMN "state",
ADD COLUMN     "state" "Phase" NOT NULL,
ALTER COLUMN "due" SET DATA TYPE TEXT;

-- DropEnum
DROP TYPE "State";
