-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "Brin" (
    "id" INTEGER NOT NULL,
    "bit" BIT(4) NOT NULL,
    "varbit" VARBIT NOT NULL,
    "char" CHAR(5) NOT NULL,
    "bytes" BYTEA NOT NULL,
    "date" DATE NOT NULL,
    "real" REAL NOT NULL,
    "float" DOUBLE PRECISION NOT NULL,
    "double" DOUBLE PRECISION NOT NULL,
    "inet" INET NOT NULL,
    "small" SMALLINT NOT NULL,
    "int" INTEGER NOT NULL,
    "big" BIGINT NOT NULL,
    "numeric" DECIMAL(10,2) NOT NULL,
    "oid" OID NOT NULL,
    "string" TEXT NOT NULL,
    "varchar" VARCHAR(30) NOT NULL,
    "stamp" TIMESTAMP(3) NOT NULL,
    "stamptz" TIMESTAMPTZ(3) NOT NULL,
    "time" TIME NOT NULL,
    "timetz" TIMETZ(6) NOT NULL,
    "uuid" UUID NOT NULL,

    CONSTRAINT "Brin_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "brin_bit_bitminmaxops" ON "Brin" USING BRIN ("bit" bit_minmax_ops);

-- CreateIndex
CREATE INDEX "brin_varbit_varbitminmaxops" ON "Brin" USING BRIN ("varbit" varbit_minmax_ops);

-- CreateIndex
CREATE INDEX "brin_char_bpcharbloomops" ON "Brin" USING BRIN ("char" bpchar_bloom_ops);

-- CreateIndex
CREATE INDEX "brin_char_bpcharminmaxops" ON "Brin" USING BRIN ("char" bpchar_minmax_ops);

-- CreateIndex
CREATE INDEX "brin_bytes_byteabloomops" ON "Brin" USING BRIN ("bytes" bytea_bloom_ops);

-- CreateIndex
CREATE INDEX "brin_bytes_byteaminmaxops" ON "Brin" USING BRIN ("bytes" bytea_minmax_ops);

-- CreateIndex
CREATE INDEX "brin_date_datebloomops" ON "Brin" USING BRIN ("date" date_bloom_ops);

-- CreateIndex
CREATE INDEX "brin_date_dateminmaxops" ON "Brin" USING BRIN ("date" date_minmax_ops);

-- CreateIndex
CREATE INDEX "brin_date_dateminmaxmultiops" ON "Brin" USING BRIN ("date" date_minmax_multi_ops);

-- CreateIndex
CREATE INDEX "brin_real_float4bloomops" ON "Brin" USING BRIN ("real" float4_bloom_ops);

-- CreateIndex
CREATE INDEX "brin_real_float4minmaxops" ON "Brin" USING BRIN ("real" float4_minmax_ops);

-- CreateIndex
CREATE INDEX "brin_real_float4minmaxmultiops" ON "Brin" USING BRIN ("real" float4_minmax_multi_ops);

-- CreateIndex
CREATE INDEX "brin_float_float8bloomops" ON "Brin" USING BRIN ("float" float8_bloom_ops);

-- CreateIndex
CREATE INDEX "brin_float_float8minmaxops" ON "Brin" USING BRIN ("float" float8_minmax_ops);

-- CreateIndex
CREATE INDEX "brin_float_float8minmaxmultiops" ON "Brin" USING BRIN ("float" float8_minmax_multi_ops);

-- CreateIndex
CREATE INDEX "brin_double_float8minmaxops" ON "Brin" USING BRIN ("double" float8_minmax_ops);

-- CreateIndex
CREATE INDEX "brin_inet_inetinclusionops" ON "Brin" USING BRIN ("inet" inet_inclusion_ops);

-- CreateIndex
CREATE INDEX "brin_inet_inetbloomops" ON "Brin" USING BRIN ("inet" inet_bloom_ops);

-- CreateIndex
CREATE INDEX "brin_inet_inetminmaxops" ON "Brin" USING BRIN ("inet" inet_minmax_ops);

-- CreateIndex
CREATE INDEX "brin_inet_inetminmaxmultiops" ON "Brin" USING BRIN ("inet" inet_minmax_multi_ops);

-- CreateIndex
CREATE INDEX "brin_small_int2bloomops" ON "Brin" USING BRIN ("small" int2_bloom_ops);

-- CreateIndex
CREATE INDEX "brin_small_int2minmaxops" ON "Brin" USING BRIN ("small" int2_minmax_ops);

-- CreateIndex
CREATE INDEX "brin_small_int2minmaxmultiops" ON "Brin" USING BRIN ("small" int2_minmax_multi_ops);

-- CreateIndex
CREATE INDEX "brin_int_int4bloomops" ON "Brin" USING BRIN ("int" int4_bloom_ops);

-- CreateIndex
CREATE INDEX "brin_int_int4minmaxops" ON "Brin" USING BRIN ("int" int4_minmax_ops);

-- CreateIndex
CREATE INDEX "brin_int_int4minmaxmultiops" ON "Brin" USING BRIN ("int" int4_minmax_multi_ops);

-- CreateIndex
CREATE INDEX "brin_big_int8bloomops" ON "Brin" USING BRIN ("big" int8_bloom_ops);

-- CreateIndex
CREATE INDEX "brin_big_int8minmaxops" ON "Brin" USING BRIN ("big" int8_minmax_ops);

-- CreateIndex
CREATE INDEX "brin_big_int8minmaxmultiops" ON "Brin" USING BRIN ("big" int8_minmax_multi_ops);

-- CreateIndex
CREATE INDEX "brin_numeric_numericbloomops" ON "Brin" USING BRIN ("numeric" numeric_bloom_ops);

-- CreateIndex
CREATE INDEX "brin_numeric_numericminmaxops" ON "Brin" USING BRIN ("numeric" numeric_minmax_ops);

-- CreateIndex
CREATE INDEX "brin_numeric_numericminmaxmultiops" ON "Brin" USING BRIN ("numeric" numeric_minmax_multi_ops);

-- CreateIndex
CREATE INDEX "brin_oid_oidbloomops" ON "Brin" USING BRIN ("oid" oid_bloom_ops);

-- CreateIndex
CREATE INDEX "brin_oid_oidminmaxops" ON "Brin" USING BRIN ("oid" oid_minmax_ops);

-- CreateIndex
CREATE INDEX "brin_oid_oidminmaxmultiops" ON "Brin" USING BRIN ("oid" oid_minmax_multi_ops);

-- CreateIndex
CREATE INDEX "brin_string_textbloomops" ON "Brin" USING BRIN ("string" text_bloom_ops);

-- CreateIndex
CREATE INDEX "brin_string_textminmaxops" ON "Brin" USING BRIN ("string" text_minmax_ops);

-- CreateIndex
CREATE INDEX "brin_varchar_textbloomops" ON "Brin" USING BRIN ("varchar" text_bloom_ops);

-- CreateIndex
CREATE INDEX "brin_varchar_textminmaxops" ON "Brin" USING BRIN ("varchar" text_minmax_ops);

-- CreateIndex
CREATE INDEX "brin_stamp_timestampbloomops" ON "Brin" USING BRIN ("stamp" timestamp_bloom_ops);

-- CreateIndex
CREATE INDEX "brin_stamp_timestampminmaxops" ON "Brin" USING BRIN ("stamp" timestamp_minmax_ops);

-- CreateIndex
CREATE INDEX "brin_stamp_timestampminmaxmultiops" ON "Brin" USING BRIN ("stamp" timestamp_minmax_multi_ops);

-- CreateIndex
CREATE INDEX "brin_stamptz_timestamptzbloomops" ON "Brin" USING BRIN ("stamptz" timestamptz_bloom_ops);

-- CreateIndex
CREATE INDEX "brin_stamptz_timestamptzminmaxops" ON "Brin" USING BRIN ("stamptz" timestamptz_minmax_ops);

-- CreateIndex
CREATE INDEX "brin_stamptz_timestamptzminmaxmultiops" ON "Brin" USING BRIN ("stamptz" timestamptz_minmax_multi_ops);

-- CreateIndex
CREATE INDEX "brin_time_timebloomops" ON "Brin" USING BRIN ("time" time_bloom_ops);

-- CreateIndex
CREATE INDEX "brin_time_timeminmaxops" ON "Brin" USING BRIN ("time" time_minmax_ops);

-- CreateIndex
CREATE INDEX "brin_time_timeminmaxmultiops" ON "Brin" USING BRIN ("time" time_minmax_multi_ops);

-- CreateIndex
CREATE INDEX "brin_timetz_timetzbloomops" ON "Brin" USING BRIN ("timetz" timetz_bloom_ops);

-- CreateIndex
CREATE INDEX "brin_timetz_timetzminmaxops" ON "Brin" USING BRIN ("timetz" timetz_minmax_ops);

-- CreateIndex
CREATE INDEX "brin_timetz_timetzminmaxmultiops" ON "Brin" USING BRIN ("timetz" timetz_minmax_multi_ops);

-- CreateIndex
CREATE INDEX "brin_uuid_uuidbloomops" ON "Brin" USING BRIN ("uuid" uuid_bloom_ops);

-- CreateIndex
CREATE INDEX "brin_uuid_uuidminmaxops" ON "Brin" USING BRIN ("uuid" uuid_minmax_ops);

-- CreateIndex
CREATE INDEX "brin_uuid_uuidminmaxmultiops" ON "Brin" USING BRIN ("uuid" uuid_minmax_multi_ops);
