-- DropForeignKey
ALTER TABLE "_PostToTag" DROP CONSTRAINT "_PostToTag_A_fkey";

-- DropForeignKey
ALTER TABLE "_PostToTag" DROP CONSTRAINT "_PostToTag_B_fkey";

-- DropForeignKey
ALTER TABLE "_related" DROP CONSTRAINT "_related_A_fkey";

-- DropForeignKey
ALTER TABLE "_related" DROP CONSTRAINT "_related_B_fkey";

-- DropTable
DROP TABLE "_PostToTag";

-- DropTable
DROP TABLE "_related";
