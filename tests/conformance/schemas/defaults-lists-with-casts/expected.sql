-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "Lists" (
    "id" INTEGER NOT NULL,
    "jsons" JSONB[] DEFAULT ARRAY['{"a": 1}', '[]']::JSONB[],
    "blobs" BYTEA[] DEFAULT ARRAY['\x48656c6c6f', '\x']::BYTEA[],
    "moments" TIMESTAMP(3)[] DEFAULT ARRAY['2020-01-01 00:00:00 +00:00']::TIMESTAMP(3)[],
    "decs" DECIMAL(65,30)[] DEFAULT ARRAY[1.50, 2]::DECIMAL(65,30)[],

    CONSTRAINT "Lists_pkey" PRIMARY KEY ("id")
);
