-- bellows: plan=f703b2ff898e2aa1 phase=tighten script=4/15
-- CreateIndex
CREATE UNIQUE INDEX CONCURRENTLY "Bill_pkey_new__bellows" ON "Bill"("id__bellows");
