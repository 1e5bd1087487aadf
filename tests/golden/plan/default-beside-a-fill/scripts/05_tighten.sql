-- bellows: plan=eb25f38250f90636 phase=tighten script=5/7
-- AddCheck
ALTER TABLE "Part" ADD CONSTRAINT "Part_required__bellows" CHECK ("twice" IS NOT NULL AND "token" IS NOT NULL) NOT VALID;
