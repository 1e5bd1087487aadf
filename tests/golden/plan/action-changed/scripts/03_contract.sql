-- bellows: plan=cf19b3103b3eae9a phase=contract script=3/3
-- DropForeignKey
ALTER TABLE "Post" DROP CONSTRAINT "Post_authorId_fkey";

-- RenameForeignKey
ALTER TABLE "Post" RENAME CONSTRAINT "Post_authorId_fkey_new__bellows" TO "Post_authorId_fkey";
