-- CreateIndex
CREATE UNIQUE INDEX "one_of_users" ON "User"("id", "role") WHERE ("role" = 'USER');
