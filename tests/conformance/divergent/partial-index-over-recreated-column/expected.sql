-- AlterTable
ALTER TABLE "Log" DROP COLUMN "state",
ADD COLUMN     "state" UUID NOT NULL;
