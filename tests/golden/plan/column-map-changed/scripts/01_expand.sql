-- bellows: plan=1d72709fe686308e phase=expand script=1/4
-- AlterTable
ALTER TABLE "User" ADD COLUMN     "age" INTEGER;

-- RenameIndex
ALTER INDEX "User_email_key" RENAME TO "User_mail_key";
