-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "Kind" AS ENUM ('ONE', 'TWO');

-- CreateTable
CREATE TABLE "Token" (
    "id" INTEGER NOT NULL,
    "value" TEXT NOT NULL,
    "owner" UUID NOT NULL,
    "address" INET,
    "number" BIGINT NOT NULL,
    "kind" "Kind" NOT NULL,

    CONSTRAINT "Token_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Token_value_idx" ON "Token" USING HASH ("value");

-- CreateIndex
CREATE INDEX "token_owner_hash" ON "Token" USING HASH ("owner");

-- CreateIndex
CREATE INDEX "Token_address_idx" ON "Token" USING HASH ("address");

-- CreateIndex
CREATE INDEX "Token_number_idx" ON "Token" USING HASH ("number");

-- CreateIndex
CREATE INDEX "Token_kind_idx" ON "Token" USING HASH ("kind");
