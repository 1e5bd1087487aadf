-- DropForeignKey
ALTER TABLE "A" DROP CONSTRAINT "A_a_fkey";
