-- DropIndex
DROP INDEX CONCURRENTLY "User_neu_idx";
