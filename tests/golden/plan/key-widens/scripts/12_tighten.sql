-- bellows: plan=3c1a34e6fe990bc0 phase=tighten script=12/13
-- SetNotNull
ALTER TABLE "Post" ALTER COLUMN "authorId__bellows" SET NOT NULL;

-- DropCheck
ALTER TABLE "Post" DROP CONSTRAINT "Post_switched__bellows";
