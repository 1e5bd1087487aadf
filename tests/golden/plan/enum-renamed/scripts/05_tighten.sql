-- bellows: plan=3c3874fcebd20bdc phase=tighten script=5/6
-- SetNotNull
ALTER TABLE "Account" ALTER COLUMN "plan" SET NOT NULL;

-- DropCheck
ALTER TABLE "Account" DROP CONSTRAINT "Account_required__bellows";
