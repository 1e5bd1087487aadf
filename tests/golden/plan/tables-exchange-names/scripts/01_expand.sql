-- bellows: plan=de959576ef8d499b phase=expand script=1/5
-- RenameForeignKey
ALTER TABLE "A" RENAME CONSTRAINT "A_bid_fkey" TO "B_bid_fkey";

-- AlterTable
ALTER TABLE "A" RENAME CONSTRAINT "A_pkey" TO "_bellows_A_pkey";

-- AlterTable
ALTER TABLE "B" ADD COLUMN     "m" INTEGER,
ADD COLUMN     "n" INTEGER NOT NULL DEFAULT 1;
ALTER TABLE "B" RENAME CONSTRAINT "B_pkey" TO "A_pkey";

-- AlterTable
ALTER TABLE "A" RENAME CONSTRAINT "_bellows_A_pkey" TO "B_pkey";
