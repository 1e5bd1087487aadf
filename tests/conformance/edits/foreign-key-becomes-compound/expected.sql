-- DropForeignKey
ALTER TABLE "Post" DROP CONSTRAINT "Post_userId_fkey";

-- AlterTable
ALTER TABLE "Post" ADD COLUMN     "tenant" INTEGER NOT NULL DEFAULT 1;

-- CreateIndex
CREATE UNIQUE INDEX "User_tenant_id_key" ON "User"("tenant", "id");

-- AddForeignKey
ALTER TABLE "Post" ADD CONSTRAINT "Post_tenant_userId_fkey" FOREIGN KEY ("tenant", "userId") REFERENCES "User"("tenant", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
