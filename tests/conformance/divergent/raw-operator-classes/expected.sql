-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "Customer" (
    "id" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "email" VARCHAR(200) NOT NULL,
    "code" CHAR(10) NOT NULL,
    "data" JSONB NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Customer_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Customer_name_idx" ON "Customer"("name" text_pattern_ops);

-- CreateIndex
CREATE INDEX "Customer_email_idx" ON "Customer"("email" varchar_pattern_ops);

-- CreateIndex
CREATE INDEX "Customer_code_idx" ON "Customer"("code" bpchar_pattern_ops);

-- CreateIndex
CREATE INDEX "Customer_data_idx" ON "Customer" USING GIN ("data" jsonb_path_ops);

-- CreateIndex
CREATE INDEX "customer_name_email" ON "Customer"("name" text_pattern_ops DESC, "email");

-- CreateIndex
CREATE INDEX "Customer_at_idx" ON "Customer" USING BRIN ("at" timestamp_minmax_multi_ops);
