-- bellows: plan=5680b1b78d22cc2a phase=tighten script=5/11
-- CreateIndex
CREATE INDEX CONCURRENTLY "Team_size_idx_new__bellows" ON "audit"."Team"("size");
