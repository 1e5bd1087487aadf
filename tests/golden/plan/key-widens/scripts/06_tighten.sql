-- bellows: plan=08fd5e0352ba5acb phase=tighten script=6/13
-- CreateIndex
CREATE INDEX CONCURRENTLY "Post_authorId_title_idx_new__bellows" ON "Post"("authorId__bellows", "title");
