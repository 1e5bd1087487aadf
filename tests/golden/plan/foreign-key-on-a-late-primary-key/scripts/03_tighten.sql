-- bellows: plan=fc3d0d6ffa110f0b phase=tighten script=3/8
-- AddForeignKey
ALTER TABLE "Bed" ADD CONSTRAINT "Bed_wardCode_fkey" FOREIGN KEY ("wardCode") REFERENCES "Ward"("code") ON DELETE SET NULL ON UPDATE CASCADE NOT VALID;
