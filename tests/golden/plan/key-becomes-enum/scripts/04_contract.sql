-- bellows: plan=81b48e1ca39b8329 phase=contract script=4/6
-- AddCheck
ALTER TABLE "Label" ADD CONSTRAINT "Label_carried__bellows" CHECK ("kind__bellows" IS NOT NULL) NOT VALID;
