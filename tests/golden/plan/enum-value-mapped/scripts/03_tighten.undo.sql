-- DropIndex
DROP INDEX CONCURRENTLY "User_role_idx_new__bellows";
