-- bellows: plan=c549c559f382541a phase=tighten script=3/6
-- CreateIndex
CREATE UNIQUE INDEX CONCURRENTLY "Label_pkey_new__bellows" ON "Label"("kind__bellows", "id");
