-- bellows: plan=3c3874fcebd20bdc phase=tighten script=3/6
-- AddCheck
ALTER TABLE "Account" ADD CONSTRAINT "Account_required__bellows" CHECK ("plan" IS NOT NULL) NOT VALID;
