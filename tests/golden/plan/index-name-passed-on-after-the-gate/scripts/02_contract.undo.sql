-- CreateIndex
CREATE INDEX CONCURRENTLY "by_stops" ON "Ride"("stops");
