-- DropIndex
DROP INDEX "open_seats";
