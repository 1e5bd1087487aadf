-- bellows: plan=3422e0226bcc02d7 phase=expand script=1/3
-- AlterTable
ALTER TABLE "User" ALTER COLUMN "role" DROP NOT NULL;
