-- AlterEnum
BEGIN;
CREATE TYPE "Kind_new" AS ENUM ('A', 'B');
ALTER TABLE "M" ALTER COLUMN "d" DROP DEFAULT;
ALTER TABLE "M" ALTER COLUMN "k" DROP DEFAULT;
ALTER TABLE "M" ALTER COLUMN "k" TYPE "Kind_new" USING ("k"::text::"Kind_new");
ALTER TABLE "M" ALTER COLUMN "o" TYPE "Kind_new" USING ("o"::text::"Kind_new");
ALTER TABLE "M" ALTER COLUMN "l" TYPE "Kind_new"[] USING ("l"::text::"Kind_new"[]);
ALTER TABLE "M" ALTER COLUMN "d" TYPE "Kind_new"[] USING ("d"::text::"Kind_new"[]);
ALTER TABLE "N" ALTER COLUMN "the kind" TYPE "Kind_new" USING ("the kind"::text::"Kind_new");
ALTER TYPE "Kind" RENAME TO "Kind_old";
ALTER TYPE "Kind_new" RENAME TO "Kind";
DROP TYPE "Kind_old";
ALTER TABLE "M" ALTER COLUMN "d" SET DEFAULT ARRAY['A', 'B']::"Kind"[];
ALTER TABLE "M" ALTER COLUMN "k" SET DEFAULT 'A';
COMMIT;
