-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "M" (
    "id" INTEGER NOT NULL,
    "a" INTEGER NOT NULL DEFAULT 1 + 1,
    "b" TIMESTAMP(3) NOT NULL DEFAULT now() + interval '1 day',
    "c" TEXT NOT NULL DEFAULT now()::text,
    "d" TEXT[] DEFAULT '{}'::text[],

    CONSTRAINT "M_pkey" PRIMARY KEY ("id")
);
