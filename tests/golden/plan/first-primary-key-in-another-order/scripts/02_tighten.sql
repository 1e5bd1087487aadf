-- bellows: plan=d1498914f8594bcc phase=tighten script=2/3
-- AddPrimaryKey
ALTER TABLE "User" ADD CONSTRAINT "User_pkey" PRIMARY KEY USING INDEX "User_pkey";
