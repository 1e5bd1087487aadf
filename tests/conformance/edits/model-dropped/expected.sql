-- DropForeignKey
ALTER TABLE "Post" DROP CONSTRAINT "Post_userId_fkey";

-- DropForeignKey
ALTER TABLE "Post" DROP CONSTRAINT "Post_nextId_fkey";

-- DropForeignKey
ALTER TABLE "_UserToZone" DROP CONSTRAINT "_UserToZone_A_fkey";

-- DropForeignKey
ALTER TABLE "_UserToZone" DROP CONSTRAINT "_UserToZone_B_fkey";

-- DropTable
DROP TABLE "Zone";

-- DropTable
DROP TABLE "Post";

-- DropTable
DROP TABLE "_UserToZone";

-- DropEnum
DROP TYPE "Kind";
