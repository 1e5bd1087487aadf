-- bellows: plan=81b48e1ca39b8329 phase=tighten script=3/6
-- CreateIndex
CREATE UNIQUE INDEX CONCURRENTLY "Label_pkey_new__bellows" ON "Label"("kind__bellows", "id");
