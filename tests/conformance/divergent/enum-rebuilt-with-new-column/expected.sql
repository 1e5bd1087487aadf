-- AlterEnum
BEGIN;
CREATE TYPE "Kind_new" AS ENUM ('A', 'B');
ALTER TABLE "M" ALTER COLUMN "k" DROP DEFAULT;
ALTER TABLE "M" ALTER COLUMN "k" TYPE "Kind_new" USING ("k"::text::"Kind_new");
ALTER TABLE "M" ALTER COLUMN "more" TYPE "Kind_new" USING ("more"::text::"Kind_new");
ALTER TABLE "M" ALTER COLUMN "opt" TYPE "Kind_new" USING ("opt"::text::"Kind_new");
ALTER TABLE "M" ALTER COLUMN "list" TYPE "Kind_new"[] USING ("list"::text::"Kind_new"[]);
ALTER TYPE "Kind" RENAME TO "Kind_old";
ALTER TYPE "Kind_new" RENAME TO "Kind";
DROP TYPE "Kind_old";
ALTER TABLE "M" ALTER COLUMN "k" SET DEFAULT 'A';
COMMIT;

-- AlterTable
ALTER TABLE "M" DROP COLUMN "gone",
ADD COLUMN     "more" "Kind" NOT NULL DEFAULT 'B',
ALTER COLUMN "opt" SET NOT NULL,
ALTER COLUMN "opt" SET DEFAULT 'A',
ALTER COLUMN "list" SET DATA TYPE "Kind"[];
