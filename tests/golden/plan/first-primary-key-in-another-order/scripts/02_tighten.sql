-- bellows: plan=12d5c84739551dfb phase=tighten script=2/3
-- AddPrimaryKey
ALTER TABLE "User" ADD CONSTRAINT "User_pkey" PRIMARY KEY USING INDEX "User_pkey";
