-- bellows: plan=5f1ad6d4da645bed phase=tighten script=1/3
-- CreateIndex
CREATE INDEX CONCURRENTLY "by_seats_new__bellows" ON "Ride"("seats");
