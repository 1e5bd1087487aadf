-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "Lists" (
    "id" INTEGER NOT NULL,
    "bigs" BIGINT[] DEFAULT ARRAY[1, 2]::BIGINT[],
    "uuids" UUID[] DEFAULT ARRAY['00000000-0000-0000-0000-000000000000']::UUID[],

    CONSTRAINT "Lists_pkey" PRIMARY KEY ("id")
);
