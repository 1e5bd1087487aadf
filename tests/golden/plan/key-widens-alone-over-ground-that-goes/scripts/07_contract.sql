-- bellows: plan=a8d3e1dfab30d616 phase=contract script=7/8
/*
  Warnings:

  - `Ticket.row`: the table is rewritten while nobody can read or write it

*/
-- AlterTable
ALTER TABLE "Ticket" ALTER COLUMN "row" SET DATA TYPE INTEGER;
