-- DropCheck
ALTER TABLE "Post" DROP CONSTRAINT "Post_switched__bellows";

-- DropCheck
ALTER TABLE "Author" DROP CONSTRAINT "Author_switched__bellows";

-- DropFillTrigger
DROP TRIGGER "zzzz_bellows_Post_authorId" ON "Post";
DROP FUNCTION "zzzz_bellows_Post_authorId"();

-- DropFillTrigger
DROP TRIGGER "zzzz_bellows_Author_hostId" ON "Author";
DROP FUNCTION "zzzz_bellows_Author_hostId"();

-- DropFillTrigger
DROP TRIGGER "zzzz_bellows_Author_number" ON "Author";
DROP FUNCTION "zzzz_bellows_Author_number"();

-- DropFillTrigger
DROP TRIGGER "zzzz_bellows_Author_id" ON "Author";
DROP FUNCTION "zzzz_bellows_Author_id"();

-- AlterTable
ALTER TABLE "Post" DROP COLUMN "authorId__bellows";

-- AlterTable
ALTER TABLE "Author" DROP COLUMN "number__bellows",
DROP COLUMN "id__bellows",
DROP COLUMN "hostId__bellows";
