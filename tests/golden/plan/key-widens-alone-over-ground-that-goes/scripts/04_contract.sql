-- bellows: plan=a8d3e1dfab30d616 phase=contract script=4/8
/*
  Warnings:

  - `Booking.hour`: the table is rewritten while nobody can read or write it

*/
-- AlterTable
ALTER TABLE "Booking" ALTER COLUMN "hour" SET DATA TYPE INTEGER;
