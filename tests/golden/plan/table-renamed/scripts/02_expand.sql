-- bellows: plan=72715371eb8f2982 phase=expand script=2/3
-- AlterTable
ALTER TABLE "people" RENAME CONSTRAINT "User_pkey" TO "people_pkey";

-- RenameIndex
ALTER INDEX "User_email_key" RENAME TO "people_email_key";
