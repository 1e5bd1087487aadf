-- bellows: plan=588de952f33d4fe8 phase=tighten script=6/13
-- CreateIndex
CREATE INDEX CONCURRENTLY "Post_authorId_title_idx_new__bellows" ON "Post"("authorId__bellows", "title");
