-- DropIndex
DROP INDEX "User_e_mail_key";

-- AlterTable
ALTER TABLE "User" DROP COLUMN "e_mail",
DROP COLUMN "name",
ADD COLUMN     "full_name" TEXT NOT NULL,
ADD COLUMN     "mail" TEXT NOT NULL;

-- CreateIndex
CREATE UNIQUE INDEX "User_mail_key" ON "User"("mail");
