-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "Kind" AS ENUM ('A', 'B');

-- CreateTable
CREATE TABLE "TwoParts" (
    "a" INTEGER NOT NULL,
    "b" TEXT NOT NULL,

    CONSTRAINT "TwoParts_pkey" PRIMARY KEY ("a","b")
);

-- CreateTable
CREATE TABLE "ReverseOrder" (
    "first" INTEGER NOT NULL,
    "second" INTEGER NOT NULL,
    "third" INTEGER NOT NULL,

    CONSTRAINT "ReverseOrder_pkey" PRIMARY KEY ("third","first")
);

-- CreateTable
CREATE TABLE "Named" (
    "tenant" TEXT NOT NULL,
    "number" INTEGER NOT NULL,

    CONSTRAINT "Named_pkey" PRIMARY KEY ("tenant","number")
);

-- CreateTable
CREATE TABLE "MappedName" (
    "tenant" TEXT NOT NULL,
    "number" INTEGER NOT NULL,

    CONSTRAINT "mapped_name_primary" PRIMARY KEY ("tenant","number")
);

-- CreateTable
CREATE TABLE "SingleMapped" (
    "id" INTEGER NOT NULL,

    CONSTRAINT "the_single_key" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "BlockSingle" (
    "id" INTEGER NOT NULL,

    CONSTRAINT "BlockSingle_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "mapped_columns" (
    "org_id" INTEGER NOT NULL,
    "user_id" UUID NOT NULL,

    CONSTRAINT "mapped_columns_pkey" PRIMARY KEY ("org_id","user_id")
);

-- CreateTable
CREATE TABLE "WithEnum" (
    "kind" "Kind" NOT NULL,
    "value" TEXT NOT NULL,

    CONSTRAINT "WithEnum_pkey" PRIMARY KEY ("kind","value")
);
