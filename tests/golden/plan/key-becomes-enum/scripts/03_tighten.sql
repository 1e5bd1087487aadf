-- bellows: plan=eb03d542176a1f7e phase=tighten script=3/6
-- CreateIndex
CREATE UNIQUE INDEX CONCURRENTLY "Label_pkey_new__bellows" ON "Label"("kind__bellows", "id");
