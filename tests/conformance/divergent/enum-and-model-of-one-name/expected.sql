-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "kind" AS ENUM ('A', 'B');

-- CreateTable
CREATE TABLE "kind" (
    "id" INTEGER NOT NULL,

    CONSTRAINT "kind_pkey" PRIMARY KEY ("id")
);
