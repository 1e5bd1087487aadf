-- bellows: plan=220879984b3500cf phase=contract script=2/3
-- DropForeignKey
ALTER TABLE "Post" DROP CONSTRAINT "Post_authorId_fkey";
