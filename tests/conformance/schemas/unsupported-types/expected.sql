-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "Shape" (
    "id" INTEGER NOT NULL,
    "point" point NOT NULL,
    "circle" circle,
    "range" int4range NOT NULL DEFAULT 'empty'::int4range,
    "during" tstzrange,
    "interval" interval NOT NULL DEFAULT '01:00:00'::interval,
    "search_vector" tsvector,
    "address" macaddr NOT NULL,
    "network" cidr,
    "points" point[],
    "ranges" daterange[],
    "precise" interval(3),
    "any" pg_lsn NOT NULL,

    CONSTRAINT "Shape_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Shape_address_key" ON "Shape"("address");

-- CreateIndex
CREATE INDEX "Shape_search_vector_idx" ON "Shape" USING GIN ("search_vector");

-- CreateIndex
CREATE INDEX "Shape_range_idx" ON "Shape" USING GIST ("range");

-- CreateIndex
CREATE INDEX "Shape_network_interval_idx" ON "Shape"("network", "interval");
