-- bellows: plan=d3b3dad81a8ebe7e phase=tighten script=4/9
-- AddCheck
ALTER TABLE "Part" ADD CONSTRAINT "Part_required__bellows" CHECK ("twice" IS NOT NULL AND "loud" IS NOT NULL) NOT VALID;
