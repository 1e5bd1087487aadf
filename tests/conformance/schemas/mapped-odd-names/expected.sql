-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "odd enum.name" AS ENUM ('with space', 'with.dot', 'UPPER', 'déjà vu', '1', 'a,b', '{x}', 'back\slash');

-- CreateTable
CREATE TABLE "odd table.with dots" (
    "the id" INTEGER NOT NULL,
    "a.b.c" TEXT NOT NULL,
    "UPPER" TEXT NOT NULL,
    "1+1" TEXT NOT NULL,
    "it's" TEXT NOT NULL,
    "größe_ñ_日本" TEXT NOT NULL,
    "$x$" TEXT NOT NULL,
    "a-b" INTEGER NOT NULL,
    "100%" TEXT NOT NULL,
    "a;b" TEXT NOT NULL,
    "--x" TEXT NOT NULL,

    CONSTRAINT "odd table.with dots_pkey" PRIMARY KEY ("the id")
);

-- CreateTable
CREATE TABLE "Ünïcode" (
    "id" INTEGER NOT NULL,
    "größe" INTEGER NOT NULL DEFAULT 1,
    "名前" TEXT NOT NULL,

    CONSTRAINT "schlüssel" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Uses-Odd" (
    "id" INTEGER NOT NULL,
    "odd" "odd enum.name" NOT NULL DEFAULT 'with space',
    "odds" "odd enum.name"[] DEFAULT ARRAY['with.dot', 'déjà vu']::"odd enum.name"[],
    "opt" "odd enum.name" DEFAULT 'back\slash',

    CONSTRAINT "Uses-Odd_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "odd table.with dots_a.b.c_key" ON "odd table.with dots"("a.b.c");

-- CreateIndex
CREATE INDEX "odd table.with dots_UPPER_größe_ñ_日本_idx" ON "odd table.with dots"("UPPER", "größe_ñ_日本");

-- CreateIndex
CREATE INDEX "the quote's index" ON "odd table.with dots"("it's");

-- CreateIndex
CREATE UNIQUE INDEX "uq: dots & minus" ON "odd table.with dots"("a.b.c", "a-b");

-- CreateIndex
CREATE UNIQUE INDEX "Ünïcode_名前_key" ON "Ünïcode"("名前");

-- AddForeignKey
ALTER TABLE "Ünïcode" ADD CONSTRAINT "fk für größe" FOREIGN KEY ("größe") REFERENCES "Ünïcode"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
