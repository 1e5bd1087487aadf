-- DropForeignKey
ALTER TABLE "Order" DROP CONSTRAINT "Order_cid_fkey";

-- DropTable
DROP TABLE "Customer";

-- CreateTable
CREATE TABLE "Client" (
    "id" SERIAL NOT NULL,
    "email" TEXT NOT NULL,

    CONSTRAINT "Client_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Client_email_key" ON "Client"("email");

-- AddForeignKey
ALTER TABLE "Order" ADD CONSTRAINT "Order_cid_fkey" FOREIGN KEY ("cid") REFERENCES "Client"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
