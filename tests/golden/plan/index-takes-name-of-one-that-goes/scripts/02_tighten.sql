-- bellows: plan=bcd9131eea818ce5 phase=tighten script=2/3
-- CreateIndex
CREATE UNIQUE INDEX CONCURRENTLY "by_code_new__bellows" ON "Trip"("number");
