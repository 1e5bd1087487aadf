-- DropIndex
DROP INDEX CONCURRENTLY "User_id_req_key_new__bellows";
