-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "Colour" AS ENUM ('red', 'green', 'blue');

-- CreateTable
CREATE TABLE "Required" (
    "id" INTEGER NOT NULL,
    "int" INTEGER NOT NULL,
    "bigInt" BIGINT NOT NULL,
    "float" DOUBLE PRECISION NOT NULL,
    "decimal" DECIMAL(65,30) NOT NULL,
    "boolean" BOOLEAN NOT NULL,
    "string" TEXT NOT NULL,
    "dateTime" TIMESTAMP(3) NOT NULL,
    "json" JSONB NOT NULL,
    "bytes" BYTEA NOT NULL,
    "colour" "Colour" NOT NULL,

    CONSTRAINT "Required_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Optional" (
    "id" BIGINT NOT NULL,
    "int" INTEGER,
    "bigInt" BIGINT,
    "float" DOUBLE PRECISION,
    "decimal" DECIMAL(65,30),
    "boolean" BOOLEAN,
    "string" TEXT,
    "dateTime" TIMESTAMP(3),
    "json" JSONB,
    "bytes" BYTEA,
    "colour" "Colour",

    CONSTRAINT "Optional_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Lists" (
    "id" TEXT NOT NULL,
    "int" INTEGER[],
    "bigInt" BIGINT[],
    "float" DOUBLE PRECISION[],
    "decimal" DECIMAL(65,30)[],
    "boolean" BOOLEAN[],
    "string" TEXT[],
    "dateTime" TIMESTAMP(3)[],
    "json" JSONB[],
    "bytes" BYTEA[],
    "colour" "Colour"[],

    CONSTRAINT "Lists_pkey" PRIMARY KEY ("id")
);
