-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "A" (
    "id" INTEGER,
    "x" INTEGER NOT NULL,

    CONSTRAINT "A_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "B" (
    "a" INTEGER,
    "b" INTEGER NOT NULL,

    CONSTRAINT "B_pkey" PRIMARY KEY ("a","b")
);

-- CreateTable
CREATE TABLE "C" (
    "a" INTEGER,
    "b" INTEGER NOT NULL,

    CONSTRAINT "C_pkey" PRIMARY KEY ("b")
);
