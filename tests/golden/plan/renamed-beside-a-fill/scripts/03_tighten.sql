-- bellows: plan=fe4e7702d29f4154 phase=tighten script=3/8
-- AddCheck
ALTER TABLE "Part" ADD CONSTRAINT "Part_required__bellows" CHECK ("twice" IS NOT NULL) NOT VALID;
