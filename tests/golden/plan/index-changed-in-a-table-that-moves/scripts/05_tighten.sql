-- bellows: plan=cd677429e5d66f47 phase=tighten script=5/11
-- CreateIndex
CREATE INDEX CONCURRENTLY "Team_size_idx_new__bellows" ON "audit"."Team"("size");
