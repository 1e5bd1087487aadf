-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "Colour" AS ENUM ('red', 'dark blue');

-- CreateTable
CREATE TABLE "ListDefaults" (
    "id" INTEGER NOT NULL,
    "none" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "noInts" INTEGER[] DEFAULT ARRAY[]::INTEGER[],
    "ints" INTEGER[] DEFAULT ARRAY[1, -2, 3]::INTEGER[],
    "floats" DOUBLE PRECISION[] DEFAULT ARRAY[0.5, 2]::DOUBLE PRECISION[],
    "booleans" BOOLEAN[] DEFAULT ARRAY[true, false]::BOOLEAN[],
    "strings" TEXT[] DEFAULT ARRAY['a', 'b c', 'it''s']::TEXT[],
    "varchars" VARCHAR(5)[] DEFAULT ARRAY['x']::VARCHAR(5)[],
    "colours" "Colour"[] DEFAULT ARRAY['red']::"Colour"[],
    "colours2" "Colour"[] DEFAULT ARRAY['red', 'dark blue']::"Colour"[],
    "noColours" "Colour"[] DEFAULT ARRAY[]::"Colour"[],
    "decimals" DECIMAL(10,2)[] DEFAULT ARRAY[]::DECIMAL(10,2)[],
    "moments" TIMESTAMP(3)[] DEFAULT ARRAY[]::TIMESTAMP(3)[],
    "jsons" JSONB[] DEFAULT ARRAY[]::JSONB[],
    "blobs" BYTEA[] DEFAULT ARRAY[]::BYTEA[],
    "keys" UUID[] DEFAULT ARRAY[]::UUID[],
    "bigs" BIGINT[] DEFAULT ARRAY[]::BIGINT[],
    "clients" TEXT[],

    CONSTRAINT "ListDefaults_pkey" PRIMARY KEY ("id")
);
