-- bellows: plan=169043050765865e phase=expand script=2/3
-- AlterTable
ALTER TABLE "people" RENAME CONSTRAINT "User_pkey" TO "people_pkey";

-- RenameIndex
ALTER INDEX "User_email_key" RENAME TO "people_email_key";
