-- bellows: plan=bf433071a6d10f44 phase=tighten script=11/13
-- SetNotNull
ALTER TABLE "Author" ALTER COLUMN "id__bellows" SET NOT NULL;

-- SetNotNull
ALTER TABLE "Author" ALTER COLUMN "number__bellows" SET NOT NULL;

-- DropCheck
ALTER TABLE "Author" DROP CONSTRAINT "Author_switched__bellows";
