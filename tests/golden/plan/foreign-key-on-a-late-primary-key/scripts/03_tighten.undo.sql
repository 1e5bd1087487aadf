-- DropForeignKey
ALTER TABLE "Bed" DROP CONSTRAINT "Bed_wardCode_fkey";
