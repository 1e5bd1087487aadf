-- AddForeignKey
ALTER TABLE "Ticket" ADD CONSTRAINT "Ticket_row_place_fkey" FOREIGN KEY ("row", "place") REFERENCES "Seat"("row", "place") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Hold" ADD CONSTRAINT "Hold_hour_room_fkey" FOREIGN KEY ("hour", "room") REFERENCES "Slot"("hour", "room") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Booking" ADD CONSTRAINT "Booking_hour_room_fkey" FOREIGN KEY ("hour", "room") REFERENCES "Slot"("hour", "room") ON DELETE RESTRICT ON UPDATE CASCADE;
