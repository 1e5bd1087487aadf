-- CreateIndex
CREATE INDEX CONCURRENTLY "t_changed_old__bellows" ON "T"("word") WHERE (word = 'old');
