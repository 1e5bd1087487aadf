-- bellows: plan=c54628b51cd180e7 phase=tighten script=3/6
-- CreateIndex
CREATE INDEX CONCURRENTLY "User_role_idx_new__bellows" ON "User"("role__bellows");
