-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "E" AS ENUM ('A', 'B');

-- CreateTable
CREATE TABLE "A" (
    "id" SERIAL NOT NULL,
    "tabbed" TEXT NOT NULL,
    "far" VARCHAR(10),
    "c" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "A_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "B" (
    "id" INTEGER NOT NULL,
    "aId" INTEGER NOT NULL,

    CONSTRAINT "B_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "A_tabbed_key" ON "A"("tabbed");

-- CreateIndex
CREATE INDEX "odd" ON "A"("tabbed", "far");

-- CreateIndex
CREATE UNIQUE INDEX "b_a" ON "B"("aId");

-- AddForeignKey
ALTER TABLE "B" ADD CONSTRAINT "B_aId_fkey" FOREIGN KEY ("aId") REFERENCES "A"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
