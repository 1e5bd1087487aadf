-- bellows: plan=2ff7c12cdb9416d6 phase=tighten script=12/13
-- SetNotNull
ALTER TABLE "Post" ALTER COLUMN "authorId__bellows" SET NOT NULL;

-- DropCheck
ALTER TABLE "Post" DROP CONSTRAINT "Post_switched__bellows";
