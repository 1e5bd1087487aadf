-- bellows: plan=6523b622fb73925f phase=expand script=1/3
-- AlterTable
ALTER TABLE "Post" ALTER COLUMN "authorId" DROP NOT NULL;
