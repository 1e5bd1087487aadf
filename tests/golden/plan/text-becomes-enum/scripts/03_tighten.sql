-- bellows: plan=17e246f4f9eb06f5 phase=tighten script=3/6
-- CreateIndex
CREATE INDEX CONCURRENTLY "User_role_idx_new__bellows" ON "User"("role__bellows");
