-- bellows: plan=fc2d8b8a4447be7f phase=tighten script=3/7
-- CreateIndex
CREATE INDEX CONCURRENTLY "Team_size_idx_new__bellows" ON "audit"."Team"("size");
