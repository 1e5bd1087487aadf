-- bellows: plan=78ce5125f82b640c phase=contract script=3/3 programs=apart
/*
  Warnings:

  - column `price` of the table `Item` changes from `Decimal(12,2)` to `Integer`; values that do not fit make it fail or are cut
  - `Item.price`: the table is rewritten while nobody can read or write it
  - `Item.price`: a column changes to a type that one of the two programs does not understand

*/
-- AlterTable
ALTER TABLE "Item" ALTER COLUMN "total" SET DATA TYPE INTEGER USING (CAST("total" OPERATOR(pg_catalog.*) factor AS int));
