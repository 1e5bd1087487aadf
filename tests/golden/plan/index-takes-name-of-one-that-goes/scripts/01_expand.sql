-- bellows: plan=152f8422fdf266f3 phase=expand script=1/3
-- AlterTable
ALTER TABLE "Trip" ADD COLUMN     "number" INTEGER,
ALTER COLUMN "code" DROP NOT NULL;

-- CreateTable
CREATE TABLE "Tour" (
    "id" INTEGER NOT NULL,
    "label" INTEGER NOT NULL,

    CONSTRAINT "Tour_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "by_label_new__bellows" ON "Tour"("label");
