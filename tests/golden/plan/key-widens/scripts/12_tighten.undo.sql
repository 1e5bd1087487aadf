-- AddCheck
ALTER TABLE "Post" ADD CONSTRAINT "Post_switched__bellows" CHECK ("authorId__bellows" IS NOT NULL) NOT VALID;

-- AlterTable
ALTER TABLE "Post" ALTER COLUMN "authorId__bellows" DROP NOT NULL;
