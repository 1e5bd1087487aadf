-- CreateIndex
CREATE INDEX "Team_size_idx" ON "audit"."Team"("size") WHERE ("size" = 100 AND "since" IS NULL);
