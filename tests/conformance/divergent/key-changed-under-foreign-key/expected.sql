-- AlterTable
ALTER TABLE "User" DROP CONSTRAINT "User_pkey",
ADD COLUMN     "code" TEXT NOT NULL,
ADD CONSTRAINT "User_pkey" PRIMARY KEY ("code");

-- CreateIndex
CREATE UNIQUE INDEX "User_id_key" ON "User"("id");
