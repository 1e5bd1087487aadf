-- AlterTable
ALTER TABLE "Task" DROP CONSTRAINT "Task_pkey",
DROP COLUMN "state",
ADD COLUMN     "state" TEXT[],
DROP COLUMN "labels",
ADD COLUMN     "labels" TIMESTAMP(3) NOT NULL,
ADD CONSTRAINT "Task_pkey" PRIMARY KEY ("labels");

-- DropEnum
DROP TYPE "State";
