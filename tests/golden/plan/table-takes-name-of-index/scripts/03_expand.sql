-- bellows: plan=7448e0c22874e301 phase=expand script=3/4
-- AlterTable
ALTER TABLE "U" RENAME CONSTRAINT "T_pkey" TO "U_pkey";
