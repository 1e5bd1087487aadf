-- bellows: plan=68356626e3f0ef9b phase=tighten script=2/9
/*
  Warnings:

  - [room,hour] of the table `Slot` becomes unique; if there are duplicates, this fails

*/
-- CreateIndex
CREATE UNIQUE INDEX CONCURRENTLY "Slot_room_hour_key" ON "Slot"("room", "hour");
