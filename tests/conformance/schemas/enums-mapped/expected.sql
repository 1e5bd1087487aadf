-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "Plain" AS ENUM ('A', 'B');

-- CreateEnum
CREATE TYPE "single" AS ENUM ('only');

-- CreateEnum
CREATE TYPE "mapped_enum" AS ENUM ('first value', '2nd', 'THIRD', 'ümlaut', 'under_score', 'MixedCase', 'with-dash', ' ');

-- CreateEnum
CREATE TYPE "Lonely" AS ENUM ('X', 'Y');

-- CreateTable
CREATE TABLE "Uses" (
    "id" INTEGER NOT NULL,
    "plain" "Plain" NOT NULL,
    "optional" "Plain",
    "list" "Plain"[],
    "only" "single" NOT NULL DEFAULT 'only',
    "mapped" "mapped_enum" NOT NULL DEFAULT '2nd',
    "mappeds" "mapped_enum"[] DEFAULT ARRAY['first value', 'with-dash', 'THIRD']::"mapped_enum"[],
    "renamed column" "mapped_enum" NOT NULL DEFAULT 'ümlaut',
    "unique" "Plain" NOT NULL,

    CONSTRAINT "Uses_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Uses_unique_key" ON "Uses"("unique");

-- CreateIndex
CREATE INDEX "Uses_plain_mapped_idx" ON "Uses"("plain", "mapped");
