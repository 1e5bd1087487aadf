-- bellows: plan=67bfa6a4795f7a05 phase=tighten script=5/11
-- CreateIndex
CREATE INDEX CONCURRENTLY "Team_size_idx_new__bellows" ON "audit"."Team"("size");
