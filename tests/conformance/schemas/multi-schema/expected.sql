-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "Billing Dept";

-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "auth";

-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "auth"."Role" AS ENUM ('READER', 'WRITER');

-- CreateEnum
CREATE TYPE "invoice_status" AS ENUM ('OPEN', 'PAID');

-- CreateTable
CREATE TABLE "auth"."User" (
    "id" SERIAL NOT NULL,
    "role" "auth"."Role" NOT NULL DEFAULT 'READER',
    "status" "invoice_status"[] DEFAULT ARRAY['OPEN']::"invoice_status"[],

    CONSTRAINT "User_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "auth"."sessions" (
    "token" TEXT NOT NULL,
    "userId" INTEGER NOT NULL,
    "seen" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "sessions_pkey" PRIMARY KEY ("token")
);

-- CreateTable
CREATE TABLE "Billing Dept"."Invoice" (
    "id" INTEGER NOT NULL,
    "userId" INTEGER NOT NULL,
    "status" "invoice_status" NOT NULL,

    CONSTRAINT "Invoice_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Audit" (
    "id" BIGSERIAL NOT NULL,
    "invoiceId" INTEGER NOT NULL,
    "role" "auth"."Role" NOT NULL,

    CONSTRAINT "Audit_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "sessions_seen_idx" ON "auth"."sessions"("seen" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "sessions_userId_seen_key" ON "auth"."sessions"("userId", "seen");

-- CreateIndex
CREATE INDEX "Invoice_userId_idx" ON "Billing Dept"."Invoice" USING HASH ("userId");

-- AddForeignKey
ALTER TABLE "auth"."sessions" ADD CONSTRAINT "sessions_userId_fkey" FOREIGN KEY ("userId") REFERENCES "auth"."User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Billing Dept"."Invoice" ADD CONSTRAINT "Invoice_userId_fkey" FOREIGN KEY ("userId") REFERENCES "auth"."User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Audit" ADD CONSTRAINT "Audit_invoiceId_fkey" FOREIGN KEY ("invoiceId") REFERENCES "Billing Dept"."Invoice"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
