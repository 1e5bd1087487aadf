-- AlterEnum
ALTER TYPE "Kind" ADD VALUE 'C';

-- AlterEnum
BEGIN;
CREATE TYPE "Mode_new" AS ENUM ('X');
ALTER TABLE "A" ALTER COLUMN "mode" TYPE "Mode_new" USING ("mode"::text::"Mode_new");
ALTER TYPE "Mode" RENAME TO "Mode_old";
ALTER TYPE "Mode_new" RENAME TO "Mode";
DROP TYPE "Mode_old";
COMMIT;

-- AlterTable
ALTER TABLE "A" ALTER COLUMN "kind" SET DEFAULT 'C';
