-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "M" (
    "id" INTEGER NOT NULL,
    "a" VARCHAR(0) NOT NULL,

    CONSTRAINT "M_pkey" PRIMARY KEY ("id")
);
