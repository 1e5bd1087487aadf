-- bellows: plan=095cc3349d4998c6 phase=tighten script=4/15
-- CreateIndex
CREATE UNIQUE INDEX CONCURRENTLY "Bill_pkey_new__bellows" ON "Bill"("id__bellows");
