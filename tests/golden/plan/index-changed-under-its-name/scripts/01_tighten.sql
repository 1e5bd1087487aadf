-- bellows: plan=db84a0c9b34eb76a phase=tighten script=1/3
-- CreateIndex
CREATE INDEX CONCURRENTLY "by_mail_new__bellows" ON "User"("email" DESC);
