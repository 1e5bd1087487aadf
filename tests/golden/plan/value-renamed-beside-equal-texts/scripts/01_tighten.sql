-- bellows: plan=b82bf8f7b0dd06a9 phase=tighten script=1/4
-- CreateIndex
CREATE INDEX CONCURRENTLY "t_changed_new__bellows" ON "T"("word") WHERE (word = 'new');
