-- bellows: plan=bf433071a6d10f44 phase=tighten script=9/13
-- AddForeignKey
ALTER TABLE "Post" ADD CONSTRAINT "Post_authorId_fkey_new__bellows" FOREIGN KEY ("authorId__bellows") REFERENCES "Author"("id__bellows") ON DELETE CASCADE ON UPDATE CASCADE NOT VALID;
