-- AlterTable
ALTER TABLE "U" RENAME CONSTRAINT "U_pkey" TO "T_pkey";
