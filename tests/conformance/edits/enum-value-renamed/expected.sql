-- AlterEnum
BEGIN;
CREATE TYPE "Kind_new" AS ENUM ('A', 'NEW');
ALTER TABLE "M" ALTER COLUMN "k" TYPE "Kind_new" USING ("k"::text::"Kind_new");
ALTER TYPE "Kind" RENAME TO "Kind_old";
ALTER TYPE "Kind_new" RENAME TO "Kind";
DROP TYPE "Kind_old";
COMMIT;
