-- DropIndex
DROP INDEX CONCURRENTLY "Post_authorId_place_key_new__bellows";
