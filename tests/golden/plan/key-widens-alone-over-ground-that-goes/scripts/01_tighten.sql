-- bellows: plan=a8d3e1dfab30d616 phase=tighten script=1/8
/*
  Warnings:

  - [room,hour] of the table `Slot` becomes unique; if there are duplicates, this fails

*/
-- CreateIndex
CREATE UNIQUE INDEX CONCURRENTLY "Slot_room_hour_key" ON "Slot"("room", "hour");
