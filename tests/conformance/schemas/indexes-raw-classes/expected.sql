-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "Customer" (
    "id" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "email" VARCHAR(200) NOT NULL,
    "spot" point NOT NULL,
    "range" int4range NOT NULL,
    "search" tsvector NOT NULL,

    CONSTRAINT "Customer_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Customer_name_idx" ON "Customer" USING GIN ("name" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "Customer_email_idx" ON "Customer" USING GIST ("email" gist_trgm_ops);

-- CreateIndex
CREATE INDEX "customer_both" ON "Customer" USING GIN ("name" gin_trgm_ops, "email" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "Customer_spot_idx" ON "Customer" USING SPGIST ("spot" kd_point_ops);

-- CreateIndex
CREATE INDEX "Customer_range_idx" ON "Customer" USING GIST ("range" range_ops);

-- CreateIndex
CREATE INDEX "Customer_search_idx" ON "Customer" USING GIN ("search" tsvector_ops);
