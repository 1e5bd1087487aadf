-- DropForeignKey
ALTER TABLE "Ticket" DROP CONSTRAINT "Ticket_row_place_fkey";

-- DropForeignKey
ALTER TABLE "Hold" DROP CONSTRAINT "Hold_hour_room_fkey";

-- DropForeignKey
ALTER TABLE "Booking" DROP CONSTRAINT "Booking_hour_room_fkey";
