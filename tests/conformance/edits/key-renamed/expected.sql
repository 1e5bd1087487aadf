-- AlterTable
ALTER TABLE "M" RENAME CONSTRAINT "M_pkey" TO "m_key";

-- AlterTable
ALTER TABLE "N" RENAME CONSTRAINT "n_key" TO "N_pkey";
