-- bellows: plan=194bc9c2efdc5edb phase=tighten script=1/3
-- CreateIndex
CREATE INDEX CONCURRENTLY "Part_size_idx" ON "Part"("size") WHERE ("name" IS NOT NULL);
