-- DropIndex
DROP INDEX CONCURRENTLY "Slot_room_hour_key_new__bellows";
