-- bellows: plan=3407e1aee8729ed0 phase=tighten script=8/13
-- AddForeignKey
ALTER TABLE "Author" ADD CONSTRAINT "Author_hostId_fkey_new__bellows" FOREIGN KEY ("hostId__bellows") REFERENCES "Author"("id__bellows") ON DELETE SET NULL ON UPDATE CASCADE NOT VALID;
