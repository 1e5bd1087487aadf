-- bellows: plan=68356626e3f0ef9b phase=contract script=4/9
-- DropIndex
DROP INDEX CONCURRENTLY "Slot_hour_room_key";
