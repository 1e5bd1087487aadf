-- bellows: plan=54ead1d525fbdb66 phase=tighten script=5/6
-- SetNotNull
ALTER TABLE "Account" ALTER COLUMN "plan" SET NOT NULL;

-- DropCheck
ALTER TABLE "Account" DROP CONSTRAINT "Account_required__bellows";
