-- bellows: plan=0b29eb487dfc838e phase=expand script=1/3
-- AlterTable
ALTER TABLE "User" ALTER COLUMN "role" DROP NOT NULL;
