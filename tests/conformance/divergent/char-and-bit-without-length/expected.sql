-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "Letters" (
    "id" INTEGER NOT NULL,
    "one" CHAR NOT NULL,
    "bit" BIT NOT NULL,

    CONSTRAINT "Letters_pkey" PRIMARY KEY ("id")
);
