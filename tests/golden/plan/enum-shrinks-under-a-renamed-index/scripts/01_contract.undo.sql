-- CreateIndex
CREATE UNIQUE INDEX "one_user" ON "User"("id", "role") WHERE ("role" = 'USER');
