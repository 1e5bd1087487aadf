-- bellows: plan=8e4f7e0e3fe6abc9 phase=tighten script=3/6
-- CreateIndex
CREATE UNIQUE INDEX CONCURRENTLY "Label_pkey_new__bellows" ON "Label"("kind__bellows", "id");
