-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "M" (
    "id" INTEGER NOT NULL,
    "a" TEXT NOT NULL,

    CONSTRAINT "M_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "M_a_idx" ON "M" USING GIST ("a");
