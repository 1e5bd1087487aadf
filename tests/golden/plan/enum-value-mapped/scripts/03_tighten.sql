-- bellows: plan=9781dd2c5bed828a phase=tighten script=3/6
-- CreateIndex
CREATE INDEX CONCURRENTLY "User_role_idx_new__bellows" ON "User"("role__bellows");
