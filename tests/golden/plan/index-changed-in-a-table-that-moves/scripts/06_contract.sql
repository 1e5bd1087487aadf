-- bellows: plan=92c792dffda447c1 phase=contract script=6/7 programs=apart
/*
  Warnings:

  - `Team.since`: the table is rewritten while nobody can read or write it
  - `Team.since`: a column changes to a type that one of the two programs does not understand

*/
-- AlterTable
ALTER TABLE "audit"."Team" ALTER COLUMN "since" SET DATA TYPE DATE;
