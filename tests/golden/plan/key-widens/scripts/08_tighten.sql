-- bellows: plan=3c1a34e6fe990bc0 phase=tighten script=8/13
-- AddForeignKey
ALTER TABLE "Author" ADD CONSTRAINT "Author_hostId_fkey_new__bellows" FOREIGN KEY ("hostId__bellows") REFERENCES "Author"("id__bellows") ON DELETE SET NULL ON UPDATE CASCADE NOT VALID;
