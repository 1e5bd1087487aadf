-- CreateEnum
CREATE TYPE "audit"."State" AS ENUM ('on', 'off');

-- AlterTable
ALTER TABLE "User" DROP COLUMN "s",
ADD COLUMN     "s" "audit"."State" NOT NULL DEFAULT 'on';

-- DropEnum
DROP TYPE "State";
