-- bellows: plan=bf433071a6d10f44 phase=tighten script=7/13
-- CreateIndex
CREATE UNIQUE INDEX CONCURRENTLY "Post_authorId_place_key_new__bellows" ON "Post"("authorId__bellows", "place");
