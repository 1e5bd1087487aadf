-- bellows: plan=2b8aed7b9b3eb618 phase=tighten script=2/4
-- CreateIndex
CREATE INDEX CONCURRENTLY "User_display_name_idx" ON "User"("name");
