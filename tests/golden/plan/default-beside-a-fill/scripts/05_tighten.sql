-- bellows: plan=0845f7914e7bc78a phase=tighten script=5/7
-- AddCheck
ALTER TABLE "Part" ADD CONSTRAINT "Part_required__bellows" CHECK ("twice" IS NOT NULL AND "token" IS NOT NULL) NOT VALID;
