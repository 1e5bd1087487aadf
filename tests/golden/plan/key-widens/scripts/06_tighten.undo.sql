-- DropIndex
DROP INDEX CONCURRENTLY "Post_authorId_title_idx_new__bellows";
