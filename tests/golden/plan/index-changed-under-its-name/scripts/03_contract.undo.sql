-- CreateIndex
CREATE INDEX CONCURRENTLY "by_mail_old__bellows" ON "User"("email");
