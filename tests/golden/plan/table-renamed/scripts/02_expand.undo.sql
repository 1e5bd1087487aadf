-- RenameIndex
ALTER INDEX "people_email_key" RENAME TO "User_email_key";

-- AlterTable
ALTER TABLE "people" RENAME CONSTRAINT "people_pkey" TO "User_pkey";
