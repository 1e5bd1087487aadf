-- DropForeignKey
ALTER TABLE "Post" DROP CONSTRAINT "Post_code_fkey";

-- DropIndex
DROP INDEX "User_code_key";

-- CreateIndex
CREATE UNIQUE INDEX "User_code_name_key" ON "User"("code", "name");

-- AddForeignKey
ALTER TABLE "Post" ADD CONSTRAINT "Post_code_name_fkey" FOREIGN KEY ("code", "name") REFERENCES "User"("code", "name") ON DELETE RESTRICT ON UPDATE CASCADE;
