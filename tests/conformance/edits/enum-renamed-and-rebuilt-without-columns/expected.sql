-- CreateEnum
CREATE TYPE "TaskState" AS ENUM ('open');

-- AlterTable
ALTER TABLE "Task" DROP COLUMN "state",
ADD COLUMN     "phase" "TaskState" NOT NULL;

-- DropEnum
DROP TYPE "State";
