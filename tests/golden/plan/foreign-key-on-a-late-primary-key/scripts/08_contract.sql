-- bellows: plan=d2488f4de299c6ce phase=contract script=8/8
-- SetNotNull
ALTER TABLE "Ward" ALTER COLUMN "code" SET NOT NULL;

-- DropCheck
ALTER TABLE "Ward" DROP CONSTRAINT "Ward_required__bellows";

-- AddPrimaryKey
ALTER TABLE "Ward" ADD CONSTRAINT "Ward_pkey" PRIMARY KEY USING INDEX "Ward_pkey";
