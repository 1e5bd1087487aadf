-- bellows: plan=a8d3e1dfab30d616 phase=contract script=3/8
-- DropIndex
DROP INDEX CONCURRENTLY "Slot_hour_room_key";
