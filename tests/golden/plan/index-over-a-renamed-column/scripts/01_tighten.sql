-- bellows: plan=39f5280fc03fd22b phase=tighten script=1/3
-- CreateIndex
CREATE INDEX CONCURRENTLY "Part_size_idx" ON "Part"("size") WHERE ("name" IS NOT NULL);
