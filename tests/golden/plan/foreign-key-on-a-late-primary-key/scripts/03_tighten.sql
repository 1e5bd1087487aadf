-- bellows: plan=d2488f4de299c6ce phase=tighten script=3/8
-- AddForeignKey
ALTER TABLE "Bed" ADD CONSTRAINT "Bed_wardCode_fkey" FOREIGN KEY ("wardCode") REFERENCES "Ward"("code") ON DELETE SET NULL ON UPDATE CASCADE NOT VALID;
