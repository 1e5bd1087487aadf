-- AlterTable
ALTER TABLE "User" ADD COLUMN     "n" INTEGER;

-- DropTable
DROP TABLE "Log";

-- CreateTable
CREATE TABLE "audit"."Log" (
    "id" SERIAL NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Log_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Log_at_key" ON "audit"."Log"("at");
