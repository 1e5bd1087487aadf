-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "M" (
    "id" INTEGER NOT NULL,
    "say "hi"" TEXT NOT NULL,

    CONSTRAINT "M_pkey" PRIMARY KEY ("id")
);
