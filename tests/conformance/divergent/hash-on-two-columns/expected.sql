-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "M" (
    "id" INTEGER NOT NULL,
    "a" INTEGER NOT NULL,
    "b" INTEGER NOT NULL,

    CONSTRAINT "M_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "M_a_b_idx" ON "M" USING HASH ("a", "b");
