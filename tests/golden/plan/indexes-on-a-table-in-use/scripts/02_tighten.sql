-- bellows: plan=5c5994d9d7de9b65 phase=tighten script=2/3
-- CreateIndex
CREATE INDEX CONCURRENTLY "Post_authorId_title_idx" ON "Post"("authorId", "title");
