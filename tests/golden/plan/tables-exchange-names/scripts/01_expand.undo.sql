-- AlterTable
ALTER TABLE "A" RENAME CONSTRAINT "B_pkey" TO "_bellows_A_pkey";

-- AlterTable
ALTER TABLE "B" DROP COLUMN "n",
DROP COLUMN "m";
ALTER TABLE "B" RENAME CONSTRAINT "A_pkey" TO "B_pkey";

-- AlterTable
ALTER TABLE "A" RENAME CONSTRAINT "_bellows_A_pkey" TO "A_pkey";

-- RenameForeignKey
ALTER TABLE "A" RENAME CONSTRAINT "B_bid_fkey" TO "A_bid_fkey";
