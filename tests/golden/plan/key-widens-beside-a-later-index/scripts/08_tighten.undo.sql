-- DropIndex
DROP INDEX CONCURRENTLY "Bill_price_rank_tags_key_new__bellows";
