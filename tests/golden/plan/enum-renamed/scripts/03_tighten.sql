-- bellows: plan=76adaf5c963c1111 phase=tighten script=3/6
-- AddCheck
ALTER TABLE "Account" ADD CONSTRAINT "Account_required__bellows" CHECK ("plan" IS NOT NULL) NOT VALID;
