-- bellows: plan=192d251026f1830c phase=tighten script=4/15
-- CreateIndex
CREATE UNIQUE INDEX CONCURRENTLY "Bill_pkey_new__bellows" ON "Bill"("id__bellows");
