/*
  Warnings:

  - `User.count`: the table is rewritten while nobody can read or write it

*/
-- AlterTable
ALTER TABLE "User" ALTER COLUMN "name" SET DATA TYPE TEXT,
ALTER COLUMN "count" SET DATA TYPE BIGINT;
