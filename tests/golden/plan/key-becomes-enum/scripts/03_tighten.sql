-- bellows: plan=a3ffbc8f4b87552a phase=tighten script=3/6
-- CreateIndex
CREATE UNIQUE INDEX CONCURRENTLY "Label_pkey_new__bellows" ON "Label"("kind__bellows", "id");
