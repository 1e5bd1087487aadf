-- bellows: plan=3a6515b7787d3830 phase=tighten script=4/15
-- CreateIndex
CREATE UNIQUE INDEX CONCURRENTLY "Bill_pkey_new__bellows" ON "Bill"("id__bellows");
