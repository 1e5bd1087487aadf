-- bellows: plan=0667b867c6782854 phase=tighten script=5/15
-- CreateIndex
CREATE UNIQUE INDEX CONCURRENTLY "Item_number_key_new__bellows" ON "Item"("number");
