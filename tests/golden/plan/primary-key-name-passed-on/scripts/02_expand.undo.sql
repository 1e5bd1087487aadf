-- DropTable
DROP TABLE "Nurse";
