-- AlterTable
ALTER TABLE "A" DROP COLUMN "name",
ADD COLUMN     "name_id" UUID NOT NULL;
