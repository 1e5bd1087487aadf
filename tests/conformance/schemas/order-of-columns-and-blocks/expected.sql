-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "Late" AS ENUM ('L2', 'L1');

-- CreateEnum
CREATE TYPE "Early" AS ENUM ('E');

-- CreateTable
CREATE TABLE "Zebra" (
    "zz" INTEGER NOT NULL,
    "mm" TEXT NOT NULL,
    "aa" INTEGER NOT NULL,
    "antId" INTEGER,
    "kind" "Late" NOT NULL DEFAULT 'L2',

    CONSTRAINT "Zebra_pkey" PRIMARY KEY ("aa")
);

-- CreateTable
CREATE TABLE "Middle" (
    "id" INTEGER NOT NULL,

    CONSTRAINT "Middle_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Ant" (
    "zebraId" INTEGER NOT NULL,
    "id" INTEGER NOT NULL,

    CONSTRAINT "Ant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "_AntToMiddle" (
    "A" INTEGER NOT NULL,
    "B" INTEGER NOT NULL,

    CONSTRAINT "_AntToMiddle_AB_pkey" PRIMARY KEY ("A","B")
);

-- CreateIndex
CREATE UNIQUE INDEX "Zebra_zz_key" ON "Zebra"("zz");

-- CreateIndex
CREATE INDEX "Zebra_mm_idx" ON "Zebra"("mm");

-- CreateIndex
CREATE INDEX "Zebra_antId_mm_idx" ON "Zebra"("antId", "mm");

-- CreateIndex
CREATE UNIQUE INDEX "Zebra_mm_zz_key" ON "Zebra"("mm", "zz");

-- CreateIndex
CREATE UNIQUE INDEX "Zebra_aa_mm_key" ON "Zebra"("aa", "mm");

-- CreateIndex
CREATE INDEX "_AntToMiddle_B_index" ON "_AntToMiddle"("B");

-- AddForeignKey
ALTER TABLE "Zebra" ADD CONSTRAINT "Zebra_antId_fkey" FOREIGN KEY ("antId") REFERENCES "Ant"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Ant" ADD CONSTRAINT "Ant_zebraId_fkey" FOREIGN KEY ("zebraId") REFERENCES "Zebra"("aa") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "_AntToMiddle" ADD CONSTRAINT "_AntToMiddle_A_fkey" FOREIGN KEY ("A") REFERENCES "Ant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "_AntToMiddle" ADD CONSTRAINT "_AntToMiddle_B_fkey" FOREIGN KEY ("B") REFERENCES "Middle"("id") ON DELETE CASCADE ON UPDATE CASCADE;
