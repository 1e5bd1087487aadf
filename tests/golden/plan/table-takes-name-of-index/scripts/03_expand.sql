-- bellows: plan=43d024a1f62b616a phase=expand script=3/4
-- AlterTable
ALTER TABLE "U" RENAME CONSTRAINT "T_pkey" TO "U_pkey";
