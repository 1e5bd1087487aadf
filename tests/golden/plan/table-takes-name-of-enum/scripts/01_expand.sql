-- bellows: plan=1234167ebdc0fe16 phase=expand script=1/2
-- AlterTable
ALTER TABLE "A" ALTER COLUMN "kind" DROP NOT NULL;
ALTER TABLE "A" RENAME CONSTRAINT "A_pkey" TO "Kind_pkey";
