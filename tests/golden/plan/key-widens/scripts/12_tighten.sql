-- bellows: plan=bf433071a6d10f44 phase=tighten script=12/13
-- SetNotNull
ALTER TABLE "Post" ALTER COLUMN "authorId__bellows" SET NOT NULL;

-- DropCheck
ALTER TABLE "Post" DROP CONSTRAINT "Post_switched__bellows";
