-- bellows: plan=152f8422fdf266f3 phase=tighten script=2/3
-- CreateIndex
CREATE UNIQUE INDEX CONCURRENTLY "by_code_new__bellows" ON "Trip"("number");
