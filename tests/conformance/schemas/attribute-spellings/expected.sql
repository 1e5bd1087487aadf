-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "ee" AS ENUM ('aa');

-- CreateTable
CREATE TABLE "one_table" (
    "id" INTEGER NOT NULL,
    "a" INTEGER NOT NULL DEFAULT 5,
    "bee" TEXT NOT NULL,
    "c" INTEGER NOT NULL,
    "d" INTEGER NOT NULL,
    "twoId" INTEGER NOT NULL,
    "extraId" INTEGER,

    CONSTRAINT "one_table_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Two" (
    "id" INTEGER NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "two_id" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "one_table_c_key" ON "one_table"("c");

-- CreateIndex
CREATE UNIQUE INDEX "one_d" ON "one_table"("d");

-- CreateIndex
CREATE INDEX "one_ba" ON "one_table"("bee", "a");

-- CreateIndex
CREATE UNIQUE INDEX "one_ab" ON "one_table"("a", "bee");

-- AddForeignKey
ALTER TABLE "one_table" ADD CONSTRAINT "one_table_twoId_fkey" FOREIGN KEY ("twoId") REFERENCES "Two"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "one_table" ADD CONSTRAINT "extra_fk" FOREIGN KEY ("extraId") REFERENCES "Two"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
