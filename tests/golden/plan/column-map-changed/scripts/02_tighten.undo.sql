-- DropIndex
DROP INDEX CONCURRENTLY "User_display_name_idx";
