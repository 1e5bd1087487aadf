-- CreateIndex
CREATE INDEX "Item_size_idx" ON "Item"("size");
