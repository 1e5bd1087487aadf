-- AlterTable
ALTER TABLE "Ward" DROP CONSTRAINT "Ward_pkey";
