-- AlterTable
ALTER TABLE "M" ADD CONSTRAINT "M_pkey" PRIMARY KEY ("code");

-- DropIndex
DROP INDEX "M_code_key";

-- AlterTable
ALTER TABLE "N" ADD CONSTRAINT "N_pkey" PRIMARY KEY ("a", "b");

-- DropIndex
DROP INDEX "N_a_b_key";

-- AlterTable
ALTER TABLE "O" DROP CONSTRAINT "O_pkey";

-- CreateIndex
CREATE UNIQUE INDEX "O_a_b_key" ON "O"("a", "b");
