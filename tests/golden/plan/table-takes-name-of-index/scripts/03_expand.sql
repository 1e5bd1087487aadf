-- bellows: plan=a5f0522387a5d02e phase=expand script=3/4
-- AlterTable
ALTER TABLE "U" RENAME CONSTRAINT "T_pkey" TO "U_pkey";
