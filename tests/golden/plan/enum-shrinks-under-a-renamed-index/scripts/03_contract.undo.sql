-- DropIndex
DROP INDEX "one_of_users";
