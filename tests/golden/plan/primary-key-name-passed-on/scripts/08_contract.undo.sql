-- DropForeignKey
ALTER TABLE "Nurse" DROP CONSTRAINT "Nurse_wardNumber_fkey";
