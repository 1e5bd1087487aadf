-- AlterEnum
BEGIN;
CREATE TYPE "Kind_new" AS ENUM ('A', 'B');
ALTER TABLE "Stays" ALTER COLUMN "kind" TYPE "Kind_new" USING ("kind"::text::"Kind_new");
ALTER TYPE "Kind" RENAME TO "Kind_old";
ALTER TYPE "Kind_new" RENAME TO "Kind";
DROP TYPE "Kind_old";
COMMIT;

-- AlterTable
ALTER TABLE "Stays" DROP COLUMN "was",
ADD COLUMN     "was" TIMESTAMP(3) NOT NULL;

-- DropTable
DROP TABLE "Gone";
