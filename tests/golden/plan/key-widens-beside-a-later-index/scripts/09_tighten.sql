-- bellows: plan=cbeffac2e5283781 phase=tighten script=9/15
-- AddForeignKey
ALTER TABLE "Entry" ADD CONSTRAINT "Entry_billId_fkey_new__bellows" FOREIGN KEY ("billId__bellows") REFERENCES "Bill"("id__bellows") ON DELETE RESTRICT ON UPDATE CASCADE NOT VALID;
