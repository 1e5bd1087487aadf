-- DropIndex
DROP INDEX CONCURRENTLY "Slot_room_hour_key";
