-- bellows: plan=a8ec68be8caa31e4 phase=tighten script=4/9
-- AddCheck
ALTER TABLE "Part" ADD CONSTRAINT "Part_required__bellows" CHECK ("twice" IS NOT NULL AND "loud" IS NOT NULL) NOT VALID;
