-- AlterTable
ALTER TABLE "A_abcdefghijklmnopqrstuvwxyz_abcdefghijklmnopqrstuvwxyz_aaaaaaaaaaaa" ADD COLUMN     "more" TEXT;
