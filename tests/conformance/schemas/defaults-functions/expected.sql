-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "Functions" (
    "id" SERIAL NOT NULL,
    "created" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "createdTz" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated" TIMESTAMP(3) NOT NULL,
    "both" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "uuid" TEXT NOT NULL,
    "uuid4" UUID NOT NULL,
    "uuid7" UUID NOT NULL,
    "cuid" TEXT NOT NULL,
    "cuid1" TEXT NOT NULL,
    "cuid2" TEXT NOT NULL,
    "ulid" TEXT NOT NULL,
    "nanoid" TEXT NOT NULL,
    "nanoid10" VARCHAR(10) NOT NULL,
    "generated" UUID NOT NULL DEFAULT gen_random_uuid(),
    "expression" INTEGER NOT NULL DEFAULT ((1 + 2) * 3),
    "whatever" TEXT,
    "bare" INTEGER NOT NULL,
    "lower" TEXT NOT NULL DEFAULT lower('ABC'::text),
    "day" DATE NOT NULL DEFAULT CURRENT_DATE,

    CONSTRAINT "Functions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "WithClientKey" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "WithClientKey_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "WithServerKey" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "name" TEXT NOT NULL,

    CONSTRAINT "WithServerKey_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "WithUlid" (
    "id" CHAR(26) NOT NULL,

    CONSTRAINT "WithUlid_pkey" PRIMARY KEY ("id")
);
