-- AlterEnum
BEGIN;
CREATE TYPE "Kind_new" AS ENUM ('A', 'B');
ALTER TABLE "N" ALTER COLUMN "k" TYPE "Kind_new" USING ("k"::text::"Kind_new");
ALTER TYPE "Kind" RENAME TO "Kind_old";
ALTER TYPE "Kind_new" RENAME TO "Kind";
DROP TYPE "Kind_old";
COMMIT;

-- DropTable
DROP TABLE "M";
