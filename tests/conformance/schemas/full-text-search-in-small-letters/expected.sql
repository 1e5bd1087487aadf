-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "log_entry" (
    "id" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "body" TEXT,

    CONSTRAINT "log_entry_pkey" PRIMARY KEY ("id")
);
