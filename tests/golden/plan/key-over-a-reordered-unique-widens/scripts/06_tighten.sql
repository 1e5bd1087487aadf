-- bellows: plan=a8d71b5220333c9a phase=tighten script=6/12
-- AddForeignKey
ALTER TABLE "Booking" ADD CONSTRAINT "Booking_hour_room_fkey_new__bellows" FOREIGN KEY ("hour__bellows", "room") REFERENCES "Slot"("hour__bellows", "room") ON DELETE RESTRICT ON UPDATE CASCADE NOT VALID;
