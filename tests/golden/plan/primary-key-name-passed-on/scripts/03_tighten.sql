-- bellows: plan=2229f109bcea8d87 phase=tighten script=3/8
-- AddCheck
ALTER TABLE "Ward" ADD CONSTRAINT "Ward_required__bellows" CHECK ("number" IS NOT NULL) NOT VALID;
