-- DropIndex
DROP INDEX "by_author";

-- DropIndex
DROP INDEX "one_each";

-- CreateIndex
CREATE INDEX "by_author" ON "Post"("author");
