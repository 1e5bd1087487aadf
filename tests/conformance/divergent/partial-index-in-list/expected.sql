-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "M" (
    "id" INTEGER NOT NULL,
    "s" TEXT NOT NULL,

    CONSTRAINT "M_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "M_s_idx" ON "M"("s") WHERE (s IN ('a', 'b'));
