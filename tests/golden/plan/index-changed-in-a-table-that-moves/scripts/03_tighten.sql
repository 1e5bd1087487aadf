-- bellows: plan=92c792dffda447c1 phase=tighten script=3/7
-- CreateIndex
CREATE INDEX CONCURRENTLY "Team_size_idx_new__bellows" ON "audit"."Team"("size");
