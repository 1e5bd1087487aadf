-- AlterTable
ALTER TABLE "User" ADD COLUMN     "b" INTEGER;

-- CreateTable
CREATE TABLE "Hidden" (
    "id" INTEGER NOT NULL,

    CONSTRAINT "Hidden_pkey" PRIMARY KEY ("id")
);
