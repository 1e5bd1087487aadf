-- bellows: plan=8f0490322dab5eda phase=tighten script=3/10
-- AddCheck
ALTER TABLE "A" ADD CONSTRAINT "A_required__bellows" CHECK ("a" IS NOT NULL) NOT VALID;
