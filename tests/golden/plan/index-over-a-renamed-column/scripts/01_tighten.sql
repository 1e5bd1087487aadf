-- bellows: plan=a8c818d240582d31 phase=tighten script=1/3
-- CreateIndex
CREATE INDEX CONCURRENTLY "Part_size_idx" ON "Part"("size") WHERE ("name" IS NOT NULL);
