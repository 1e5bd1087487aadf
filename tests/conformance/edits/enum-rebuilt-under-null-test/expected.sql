-- AlterEnum
BEGIN;
CREATE TYPE "Kind_new" AS ENUM ('A', 'C');
ALTER TABLE "Tag" ALTER COLUMN "kind" TYPE "Kind_new" USING ("kind"::text::"Kind_new");
ALTER TYPE "Kind" RENAME TO "Kind_old";
ALTER TYPE "Kind_new" RENAME TO "Kind";
DROP TYPE "Kind_old";
COMMIT;
