-- AlterTable
ALTER TABLE "M" DROP COLUMN "t",
ADD COLUMN     "t" INTEGER NOT NULL;

-- DropEnum
DROP TYPE "Thing";

-- CreateTable
CREATE TABLE "Thing" (
    "id" INTEGER NOT NULL,

    CONSTRAINT "Thing_pkey" PRIMARY KEY ("id")
);
