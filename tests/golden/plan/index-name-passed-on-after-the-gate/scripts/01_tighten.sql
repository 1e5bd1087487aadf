-- bellows: plan=f8e3df8249d8de6e phase=tighten script=1/3
-- CreateIndex
CREATE INDEX CONCURRENTLY "by_seats_new__bellows" ON "Ride"("seats");
