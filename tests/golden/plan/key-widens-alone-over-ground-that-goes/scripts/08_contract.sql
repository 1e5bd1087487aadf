-- bellows: plan=68356626e3f0ef9b phase=contract script=8/9
/*
  Warnings:

  - `Ticket.row`: the table is rewritten while nobody can read or write it

*/
-- AlterTable
ALTER TABLE "Ticket" ALTER COLUMN "row" SET DATA TYPE INTEGER;
