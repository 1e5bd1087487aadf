-- AddCheck
ALTER TABLE "Author" ADD CONSTRAINT "Author_switched__bellows" CHECK ("id__bellows" IS NOT NULL AND "number__bellows" IS NOT NULL) NOT VALID;

-- AlterTable
ALTER TABLE "Author" ALTER COLUMN "number__bellows" DROP NOT NULL;

-- AlterTable
ALTER TABLE "Author" ALTER COLUMN "id__bellows" DROP NOT NULL;
