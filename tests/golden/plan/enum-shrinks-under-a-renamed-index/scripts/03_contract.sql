-- bellows: plan=a6ea4390bf210bf6 phase=contract script=3/3
/*
  Warnings:

  - `User`: an index is built while nobody can write

*/
-- CreateIndex
CREATE UNIQUE INDEX "one_of_users" ON "User"("id", "role") WHERE ("role" = 'USER');
