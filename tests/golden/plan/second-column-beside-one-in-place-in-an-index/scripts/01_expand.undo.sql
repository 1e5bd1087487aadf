-- DropEnum
DROP TYPE "grade_of_part";
