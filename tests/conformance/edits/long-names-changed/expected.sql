-- DropIndex
DROP INDEX "Averyveryveryveryveryverylongtablenamewhichisalmostsixtybyt_idx";

-- AlterTable
ALTER TABLE "Averyveryveryveryveryverylongtablenamewhichisalmostsixtybytes" ADD COLUMN     "otherId" INTEGER;

-- CreateIndex
CREATE UNIQUE INDEX "Averyveryveryveryveryverylongtablenamewhichisalmostsixtybyt_key" ON "Averyveryveryveryveryverylongtablenamewhichisalmostsixtybytes"("someColumn");

-- CreateIndex
CREATE INDEX "Averyveryveryveryveryverylongtablenamewhichisalmostsixtybyt_idx" ON "Averyveryveryveryveryverylongtablenamewhichisalmostsixtybytes"("someColumn", "id");

-- AddForeignKey
ALTER TABLE "Averyveryveryveryveryverylongtablenamewhichisalmostsixtybytes" ADD CONSTRAINT "Averyveryveryveryveryverylongtablenamewhichisalmostsixtyby_fkey" FOREIGN KEY ("otherId") REFERENCES "Averyveryveryveryveryverylongtablenamewhichisalmostsixtybytes"("id") ON DELETE SET NULL ON UPDATE CASCADE;
