-- AlterTable
ALTER TABLE "A" RENAME CONSTRAINT "one" TO "two";

-- AlterTable
ALTER TABLE "B" RENAME CONSTRAINT "two" TO "one";
