-- bellows: plan=1a6cade9ac50c59e phase=tighten script=3/6
-- CreateIndex
CREATE INDEX CONCURRENTLY "User_role_idx_new__bellows" ON "User"("role__bellows");
