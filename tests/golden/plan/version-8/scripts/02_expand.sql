-- bellows: plan=e96f440456f12dd4 phase=expand script=2/5
-- AlterTable
ALTER TABLE "Article" ALTER COLUMN "title" SET DEFAULT 'untitled',
ALTER COLUMN "likes" SET DEFAULT 1,
ALTER COLUMN "secret" SET DEFAULT md5('y');
ALTER TABLE "Article" RENAME CONSTRAINT "Post_pkey" TO "Article_pkey";
