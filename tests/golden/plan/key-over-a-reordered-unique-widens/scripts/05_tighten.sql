-- bellows: plan=a8d71b5220333c9a phase=tighten script=5/12
/*
  Warnings:

  - [room,hour] of the table `Slot` becomes unique; if there are duplicates, this fails

*/
-- CreateIndex
CREATE UNIQUE INDEX CONCURRENTLY "Slot_room_hour_key_new__bellows" ON "Slot"("room", "hour__bellows");
