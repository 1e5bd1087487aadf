-- AlterTable
ALTER TABLE "User" ADD COLUMN     "big" BIGSERIAL NOT NULL,
ADD COLUMN     "id" SERIAL NOT NULL;

-- CreateIndex
CREATE UNIQUE INDEX "User_id_key" ON "User"("id");
