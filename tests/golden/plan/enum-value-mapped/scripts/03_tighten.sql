-- bellows: plan=7e5f0b6ae3294b08 phase=tighten script=3/6
-- CreateIndex
CREATE INDEX CONCURRENTLY "User_role_idx_new__bellows" ON "User"("role__bellows");
