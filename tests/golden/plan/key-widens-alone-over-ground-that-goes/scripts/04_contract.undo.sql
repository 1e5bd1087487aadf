-- CreateIndex
CREATE UNIQUE INDEX CONCURRENTLY "Slot_hour_room_key" ON "Slot"("hour", "room");
