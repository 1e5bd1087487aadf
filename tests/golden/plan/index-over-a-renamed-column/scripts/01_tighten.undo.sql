-- DropIndex
DROP INDEX CONCURRENTLY "Part_size_idx";
