-- RenameIndex
ALTER INDEX "User_mail_key" RENAME TO "User_email_key";

-- AlterTable
ALTER TABLE "User" DROP COLUMN "age";
