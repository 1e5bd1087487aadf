-- bellows: plan=2a30b2761c0cef6b phase=tighten script=3/10
-- AddCheck
ALTER TABLE "A" ADD CONSTRAINT "A_required__bellows" CHECK ("a" IS NOT NULL) NOT VALID;
