-- DropIndex
DROP INDEX "Note_id_key";
