-- DropIndex
DROP INDEX CONCURRENTLY "audit"."Team_size_idx_new__bellows";
