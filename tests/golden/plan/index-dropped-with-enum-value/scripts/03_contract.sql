-- bellows: plan=18b7893a8d50b49b phase=contract script=3/3
/*
  Warnings:

  - `Trip`: an index is built while nobody can write

*/
-- CreateIndex
CREATE INDEX "open_seats" ON "Trip"("seats", "id") WHERE ("state" = 'OPEN');
