-- bellows: plan=bf433071a6d10f44 phase=tighten script=6/13
-- CreateIndex
CREATE INDEX CONCURRENTLY "Post_authorId_title_idx_new__bellows" ON "Post"("authorId__bellows", "title");
