-- bellows: plan=8c99c720b8cf6990 phase=tighten script=3/10
/*
  Warnings:

  - [qty] of the table `Item` becomes unique; if there are duplicates, this fails

*/
-- CreateIndex
CREATE UNIQUE INDEX CONCURRENTLY "Item_qty_key_new__bellows" ON "Item"("qty__bellows");
