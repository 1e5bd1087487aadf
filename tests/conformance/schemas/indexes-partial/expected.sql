-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "State" AS ENUM ('OPEN', 'SENT');

-- CreateTable
CREATE TABLE "Invoice" (
    "id" INTEGER NOT NULL,
    "number" TEXT NOT NULL,
    "customer" INTEGER NOT NULL,
    "state" "State" NOT NULL,
    "paid" BOOLEAN NOT NULL,
    "total" INTEGER NOT NULL,
    "the_note" TEXT,
    "deletedAt" TIMESTAMP(3),

    CONSTRAINT "Invoice_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Spot" (
    "id" INTEGER NOT NULL,
    "place" point,

    CONSTRAINT "Spot_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "invoice_number_live" ON "Invoice"("number") WHERE ("deletedAt" IS NULL);

-- CreateIndex
CREATE INDEX "Invoice_customer_idx" ON "Invoice"("customer") WHERE ("deletedAt" IS NULL);

-- CreateIndex
CREATE INDEX "invoice_customer_big" ON "Invoice"("customer") WHERE (total > 1000);

-- CreateIndex
CREATE INDEX "Invoice_state_idx" ON "Invoice"("state") WHERE ("paid" = false AND "total" != 0);

-- CreateIndex
CREATE INDEX "Invoice_total_idx" ON "Invoice"("total") WHERE ("the_note" = 'it''s late');

-- CreateIndex
CREATE INDEX "invoice_total_noted" ON "Invoice"("total") WHERE ("the_note" IS NOT NULL);

-- CreateIndex
CREATE INDEX "invoice_total_negative" ON "Invoice"("total" DESC) WHERE ("total" != 7);

-- CreateIndex
CREATE INDEX "invoice_customer_hash" ON "Invoice" USING HASH ("customer") WHERE (paid AND (total > 10));

-- CreateIndex
CREATE INDEX "Invoice_the_note_idx" ON "Invoice"("the_note") WHERE ("the_note" != 'x');

-- CreateIndex
CREATE UNIQUE INDEX "invoice_customer_number_paid" ON "Invoice"("customer", "number") WHERE ("paid" = true);

-- CreateIndex
CREATE INDEX "spot_without_place" ON "Spot"("id") WHERE ("place" IS NULL);

-- CreateIndex
CREATE UNIQUE INDEX "spot_with_place" ON "Spot"("id") WHERE ("place" IS NOT NULL);
