-- AlterTable
ALTER TABLE "Bill" DROP CONSTRAINT "Bill_pkey",
DROP COLUMN "price",
ADD COLUMN     "price" DECIMAL(65,30)[],
ADD CONSTRAINT "Bill_pkey" PRIMARY KEY ("price", "id");
