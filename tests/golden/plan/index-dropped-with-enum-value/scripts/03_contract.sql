-- bellows: plan=ff8820a8d17120d1 phase=contract script=3/3
/*
  Warnings:

  - `Trip`: an index is built while nobody can write

*/
-- CreateIndex
CREATE INDEX "open_seats" ON "Trip"("seats", "id") WHERE ("state" = 'OPEN');
