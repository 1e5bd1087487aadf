-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "audit";

-- CreateEnum
CREATE TYPE "audit"."Kind" AS ENUM ('A');

-- CreateTable
CREATE TABLE "audit"."Log" (
    "id" INTEGER NOT NULL,
    "userId" INTEGER NOT NULL,
    "kind" "audit"."Kind" NOT NULL DEFAULT 'A',

    CONSTRAINT "Log_pkey" PRIMARY KEY ("id")
);

-- AddForeignKey
ALTER TABLE "audit"."Log" ADD CONSTRAINT "Log_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
