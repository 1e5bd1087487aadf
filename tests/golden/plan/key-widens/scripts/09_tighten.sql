-- bellows: plan=3c1a34e6fe990bc0 phase=tighten script=9/13
-- AddForeignKey
ALTER TABLE "Post" ADD CONSTRAINT "Post_authorId_fkey_new__bellows" FOREIGN KEY ("authorId__bellows") REFERENCES "Author"("id__bellows") ON DELETE CASCADE ON UPDATE CASCADE NOT VALID;
