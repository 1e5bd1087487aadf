-- bellows: plan=6523b622fb73925f phase=contract script=2/3
-- DropForeignKey
ALTER TABLE "Post" DROP CONSTRAINT "Post_authorId_fkey";
