-- AlterEnum
BEGIN;
CREATE TYPE "State_new" AS ENUM ('OPEN', 'CLOSED');
ALTER TABLE "Visit" ALTER COLUMN "state" TYPE "State_new" USING ("state"::text::"State_new");
ALTER TYPE "State" RENAME TO "State_old";
ALTER TYPE "State_new" RENAME TO "State";
DROP TYPE "State_old";
COMMIT;

-- AlterTable
ALTER TABLE "Visit" DROP COLUMN "at",
ADD COLUMN     "at" INTEGER NOT NULL;

-- CreateIndex
CREATE INDEX "Visit_at_idx" ON "Visit"("at") WHERE ("state" = 'OPEN');
