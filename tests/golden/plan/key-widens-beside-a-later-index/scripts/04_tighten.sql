-- bellows: plan=3faf5d6c00574208 phase=tighten script=4/15
-- CreateIndex
CREATE UNIQUE INDEX CONCURRENTLY "Bill_pkey_new__bellows" ON "Bill"("id__bellows");
