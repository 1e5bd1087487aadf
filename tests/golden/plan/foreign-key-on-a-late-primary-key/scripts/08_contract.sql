-- bellows: plan=fc3d0d6ffa110f0b phase=contract script=8/8
-- SetNotNull
ALTER TABLE "Ward" ALTER COLUMN "code" SET NOT NULL;

-- DropCheck
ALTER TABLE "Ward" DROP CONSTRAINT "Ward_required__bellows";

-- AddPrimaryKey
ALTER TABLE "Ward" ADD CONSTRAINT "Ward_pkey" PRIMARY KEY USING INDEX "Ward_pkey";
