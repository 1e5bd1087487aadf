-- bellows: plan=811be3eb9558461f phase=expand script=1/3
-- DropForeignKey
ALTER TABLE "Post" DROP CONSTRAINT "Post_authorId_fkey";
