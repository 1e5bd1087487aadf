-- bellows: plan=68356626e3f0ef9b phase=contract script=5/9
/*
  Warnings:

  - `Booking.hour`: the table is rewritten while nobody can read or write it

*/
-- AlterTable
ALTER TABLE "Booking" ALTER COLUMN "hour" SET DATA TYPE INTEGER;
