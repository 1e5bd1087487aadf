-- DropIndex
DROP INDEX CONCURRENTLY "User_pkey";
