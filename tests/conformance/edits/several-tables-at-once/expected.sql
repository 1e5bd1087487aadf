-- DropForeignKey
ALTER TABLE "Mouse" DROP CONSTRAINT "Mouse_zId_fkey";

-- DropIndex
DROP INDEX "Mouse_zId_idx";

-- AlterTable
ALTER TABLE "Zebra" ALTER COLUMN "a" SET DATA TYPE BIGINT;

-- AlterTable
ALTER TABLE "Ant" ADD COLUMN     "c" INTEGER,
ALTER COLUMN "b" SET NOT NULL;

-- AlterTable
ALTER TABLE "Mouse" ALTER COLUMN "zId" DROP NOT NULL;

-- DropTable
DROP TABLE "Dead";

-- CreateTable
CREATE TABLE "Newer" (
    "id" INTEGER NOT NULL,

    CONSTRAINT "Newer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Alpha" (
    "id" INTEGER NOT NULL,
    "x" INTEGER NOT NULL,

    CONSTRAINT "Alpha_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Alpha_x_key" ON "Alpha"("x");

-- CreateIndex
CREATE INDEX "Alpha_x_idx" ON "Alpha"("x");

-- CreateIndex
CREATE INDEX "Mouse_aId_idx" ON "Mouse"("aId");

-- RenameForeignKey
ALTER TABLE "Mouse" RENAME CONSTRAINT "x" TO "y";

-- AddForeignKey
ALTER TABLE "Mouse" ADD CONSTRAINT "Mouse_zId_fkey" FOREIGN KEY ("zId") REFERENCES "Zebra"("id") ON DELETE SET NULL ON UPDATE CASCADE;
