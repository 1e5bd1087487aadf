-- bellows: plan=d2488f4de299c6ce phase=contract script=6/8
-- AddCheck
ALTER TABLE "Ward" ADD CONSTRAINT "Ward_required__bellows" CHECK ("code" IS NOT NULL) NOT VALID;
