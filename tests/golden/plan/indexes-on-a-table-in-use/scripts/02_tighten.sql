-- bellows: plan=cf604558e4bf9df1 phase=tighten script=2/3
-- CreateIndex
CREATE INDEX CONCURRENTLY "Post_authorId_title_idx" ON "Post"("authorId", "title");
