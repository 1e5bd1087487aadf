-- AlterEnum
BEGIN;
CREATE TYPE "State_new" AS ENUM ('open', 'done');
ALTER TABLE "Task" ALTER COLUMN "b" TYPE "State_new"[] USING ("b"::text::"State_new"[]);
ALTER TABLE "Task" ALTER COLUMN "a" TYPE "State_new" USING ("a"::text::"State_new");
ALTER TYPE "State" RENAME TO "State_old";
ALTER TYPE "State_new" RENAME TO "State";
DROP TYPE "State_old";
COMMIT;

-- AlterTable
ALTER TABLE "Task" ALTER COLUMN "b" SET DATA TYPE "State"[];
