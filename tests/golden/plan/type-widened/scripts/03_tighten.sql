-- bellows: plan=0052d57e274eed52 phase=tighten script=3/6
-- AddCheck
ALTER TABLE "User" ADD CONSTRAINT "User_switched__bellows" CHECK ("count__bellows" IS NOT NULL) NOT VALID;
