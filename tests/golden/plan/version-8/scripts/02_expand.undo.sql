-- AlterTable
ALTER TABLE "Article" ALTER COLUMN "secret" SET DEFAULT md5('x'),
ALTER COLUMN "likes" SET DEFAULT 0,
ALTER COLUMN "title" DROP DEFAULT;
ALTER TABLE "Article" RENAME CONSTRAINT "Article_pkey" TO "Post_pkey";
