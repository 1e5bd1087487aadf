-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "Kind" AS ENUM ('it's', 'B');

-- CreateTable
CREATE TABLE "M" (
    "id" INTEGER NOT NULL,
    "k" "Kind" NOT NULL DEFAULT 'it''s',

    CONSTRAINT "M_pkey" PRIMARY KEY ("id")
);
