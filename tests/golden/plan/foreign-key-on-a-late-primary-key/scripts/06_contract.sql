-- bellows: plan=fc3d0d6ffa110f0b phase=contract script=6/8
-- AddCheck
ALTER TABLE "Ward" ADD CONSTRAINT "Ward_required__bellows" CHECK ("code" IS NOT NULL) NOT VALID;
