-- bellows: plan=68356626e3f0ef9b phase=contract script=9/9
/*
  Warnings:

  - `Booking`: a foreign key is checked while nobody can write either table
  - `Hold`: a foreign key is checked while nobody can write either table
  - `Ticket`: a foreign key is checked while nobody can write either table

*/
-- AddForeignKey
ALTER TABLE "Booking" ADD CONSTRAINT "Booking_hour_room_fkey" FOREIGN KEY ("hour", "room") REFERENCES "Slot"("hour", "room") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Hold" ADD CONSTRAINT "Hold_hour_room_fkey" FOREIGN KEY ("hour", "room") REFERENCES "Slot"("hour", "room") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Ticket" ADD CONSTRAINT "Ticket_row_place_fkey" FOREIGN KEY ("row", "place") REFERENCES "Seat"("row", "place") ON DELETE RESTRICT ON UPDATE CASCADE;
