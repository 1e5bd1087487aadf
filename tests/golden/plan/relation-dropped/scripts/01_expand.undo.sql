-- AlterTable
ALTER TABLE "Post" ALTER COLUMN "authorId" SET NOT NULL;
