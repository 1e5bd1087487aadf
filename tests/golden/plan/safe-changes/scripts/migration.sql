-- AlterTable
ALTER TABLE "Medication" ADD COLUMN     "active" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "note" TEXT;

-- CreateTable
CREATE TABLE "Log" (
    "id" SERIAL NOT NULL,
    "medicationId" INTEGER NOT NULL,

    CONSTRAINT "Log_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Log_medicationId_idx" ON "Log"("medicationId");

-- AddForeignKey
ALTER TABLE "Log" ADD CONSTRAINT "Log_medicationId_fkey" FOREIGN KEY ("medicationId") REFERENCES "Medication"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
