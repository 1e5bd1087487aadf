-- bellows: plan=b8bfd693e1f56432 phase=expand script=1/3
-- DropForeignKey
ALTER TABLE "Post" DROP CONSTRAINT "Post_authorId_fkey";
