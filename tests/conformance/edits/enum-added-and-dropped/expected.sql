-- CreateEnum
CREATE TYPE "Late" AS ENUM ('L');

-- CreateEnum
CREATE TYPE "New" AS ENUM ('X', 'y y');

-- AlterTable
ALTER TABLE "M" DROP COLUMN "a",
ADD COLUMN     "b" "New" NOT NULL DEFAULT 'X',
ADD COLUMN     "c" "Late"[];

-- DropEnum
DROP TYPE "Old";
