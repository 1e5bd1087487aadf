-- bellows: plan=ff755fa41ee5e210 phase=expand script=1/4
-- AlterTable
ALTER TABLE "User" ADD COLUMN     "age" INTEGER;

-- RenameIndex
ALTER INDEX "User_email_key" RENAME TO "User_mail_key";
