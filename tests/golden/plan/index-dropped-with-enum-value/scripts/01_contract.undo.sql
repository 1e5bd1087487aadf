-- CreateIndex
CREATE INDEX "open_seats" ON "Trip"("id", "seats") WHERE ("state" = 'OPEN');

-- CreateIndex
CREATE INDEX "Trip_seats_idx" ON "Trip"("seats") WHERE ("state" = 'OPEN');
