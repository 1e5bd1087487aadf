-- CreateIndex
CREATE INDEX CONCURRENTLY "i" ON "audit"."B"("x");
