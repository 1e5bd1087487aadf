-- bellows: plan=68356626e3f0ef9b phase=contract script=3/9
/*
  Warnings:

  - `Booking`: a foreign key is dropped and made anew: from this script on, until that of the new one has run, nothing refuses rows that refer to nothing (foreign key `Booking_hour_room_fkey`)
  - `Hold`: a foreign key is dropped and made anew: from this script on, until that of the new one has run, nothing refuses rows that refer to nothing (foreign key `Hold_hour_room_fkey`)
  - `Ticket`: a foreign key is dropped and made anew: from this script on, until that of the new one has run, nothing refuses rows that refer to nothing (foreign key `Ticket_row_place_fkey`)

*/
-- DropForeignKey
ALTER TABLE "Booking" DROP CONSTRAINT "Booking_hour_room_fkey";

-- DropForeignKey
ALTER TABLE "Hold" DROP CONSTRAINT "Hold_hour_room_fkey";

-- DropForeignKey
ALTER TABLE "Ticket" DROP CONSTRAINT "Ticket_row_place_fkey";
