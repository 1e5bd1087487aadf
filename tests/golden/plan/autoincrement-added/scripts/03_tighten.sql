-- bellows: plan=b4cd88245a967d68 phase=tighten script=3/7
/*
  Warnings:

  - [number] of the table `Item` becomes unique; if there are duplicates, this fails

*/
-- CreateIndex
CREATE UNIQUE INDEX CONCURRENTLY "Item_number_key" ON "Item"("number");
