-- DropForeignKey
ALTER TABLE "Booking" DROP CONSTRAINT "Booking_hour_room_fkey_new__bellows";
