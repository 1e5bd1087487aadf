-- bellows: plan=76adaf5c963c1111 phase=tighten script=5/6
-- SetNotNull
ALTER TABLE "Account" ALTER COLUMN "plan" SET NOT NULL;

-- DropCheck
ALTER TABLE "Account" DROP CONSTRAINT "Account_required__bellows";
