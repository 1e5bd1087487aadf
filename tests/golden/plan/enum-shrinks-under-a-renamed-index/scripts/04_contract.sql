-- bellows: plan=a4f0c9ea010951dd phase=contract script=4/4
-- CreateIndex
CREATE UNIQUE INDEX "one_of_users" ON "User"("id", "role") WHERE ("role" = 'USER');
