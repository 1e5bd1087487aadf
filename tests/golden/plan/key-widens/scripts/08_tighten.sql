-- bellows: plan=bf433071a6d10f44 phase=tighten script=8/13
-- AddForeignKey
ALTER TABLE "Author" ADD CONSTRAINT "Author_hostId_fkey_new__bellows" FOREIGN KEY ("hostId__bellows") REFERENCES "Author"("id__bellows") ON DELETE SET NULL ON UPDATE CASCADE NOT VALID;
