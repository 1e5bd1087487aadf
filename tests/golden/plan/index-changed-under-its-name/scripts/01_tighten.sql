-- bellows: plan=5c8dac3408663e95 phase=tighten script=1/3
-- CreateIndex
CREATE INDEX CONCURRENTLY "by_mail_new__bellows" ON "User"("email" DESC);
