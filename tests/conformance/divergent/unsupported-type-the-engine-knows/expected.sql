-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "Shape" (
    "id" INTEGER NOT NULL,
    "varbit" bit varying(12),

    CONSTRAINT "Shape_pkey" PRIMARY KEY ("id")
);
