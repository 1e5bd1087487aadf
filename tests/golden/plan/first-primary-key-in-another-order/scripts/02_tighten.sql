-- bellows: plan=e3e1b0abce05d64a phase=tighten script=2/3
-- AddPrimaryKey
ALTER TABLE "User" ADD CONSTRAINT "User_pkey" PRIMARY KEY USING INDEX "User_pkey";
