-- RenameForeignKey
ALTER TABLE "M" RENAME CONSTRAINT "one" TO "two";

-- RenameForeignKey
ALTER TABLE "M" RENAME CONSTRAINT "two" TO "one";
