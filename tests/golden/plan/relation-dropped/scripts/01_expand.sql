-- bellows: plan=220879984b3500cf phase=expand script=1/3
-- AlterTable
ALTER TABLE "Post" ALTER COLUMN "authorId" DROP NOT NULL;
