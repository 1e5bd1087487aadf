-- bellows: plan=05c93e4b2c704636 phase=tighten script=2/3
-- AddPrimaryKey
ALTER TABLE "User" ADD CONSTRAINT "User_pkey" PRIMARY KEY USING INDEX "User_pkey";
