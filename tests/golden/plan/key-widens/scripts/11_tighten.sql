-- bellows: plan=08fd5e0352ba5acb phase=tighten script=11/13
-- SetNotNull
ALTER TABLE "Author" ALTER COLUMN "id__bellows" SET NOT NULL;

-- SetNotNull
ALTER TABLE "Author" ALTER COLUMN "number__bellows" SET NOT NULL;

-- DropCheck
ALTER TABLE "Author" DROP CONSTRAINT "Author_switched__bellows";
