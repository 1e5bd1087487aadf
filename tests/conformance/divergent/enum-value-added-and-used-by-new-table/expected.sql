-- AlterEnum
ALTER TYPE "Kind" ADD VALUE 'B';

-- CreateTable
CREATE TABLE "N" (
    "id" INTEGER NOT NULL,
    "k" "Kind" NOT NULL DEFAULT 'B',

    CONSTRAINT "N_pkey" PRIMARY KEY ("id")
);
