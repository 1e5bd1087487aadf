-- DropIndex
DROP INDEX CONCURRENTLY "Ward_pkey";
