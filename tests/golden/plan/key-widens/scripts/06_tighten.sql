-- bellows: plan=3c1a34e6fe990bc0 phase=tighten script=6/13
-- CreateIndex
CREATE INDEX CONCURRENTLY "Post_authorId_title_idx_new__bellows" ON "Post"("authorId__bellows", "title");
