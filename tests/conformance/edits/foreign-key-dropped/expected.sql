-- DropForeignKey
ALTER TABLE "User" DROP CONSTRAINT "User_up_fkey";

-- DropForeignKey
ALTER TABLE "Post" DROP CONSTRAINT "Post_userId_fkey";
