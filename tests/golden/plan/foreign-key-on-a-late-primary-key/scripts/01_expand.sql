-- bellows: plan=fc3d0d6ffa110f0b phase=expand script=1/8
-- AlterTable
ALTER TABLE "Ward" ADD COLUMN     "code" TEXT;

-- CreateTable
CREATE TABLE "Bed" (
    "id" INTEGER NOT NULL,
    "wardCode" TEXT,

    CONSTRAINT "Bed_pkey" PRIMARY KEY ("id")
);
