-- bellows: plan=2aa026d0503ea7d0 phase=tighten script=1/4
-- CreateIndex
CREATE INDEX CONCURRENTLY "t_changed_new__bellows" ON "T"("word") WHERE (word = 'new');
