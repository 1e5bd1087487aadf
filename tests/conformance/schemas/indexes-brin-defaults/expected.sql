-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "Log" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "atTz" TIMESTAMPTZ NOT NULL,
    "day" DATE NOT NULL,
    "level" INTEGER NOT NULL,
    "tiny" SMALLINT NOT NULL,
    "size" BIGINT NOT NULL,
    "object" OID NOT NULL,
    "ratio" DOUBLE PRECISION NOT NULL,
    "ratio4" REAL NOT NULL,
    "amount" DECIMAL(65,30) NOT NULL,
    "host" INET NOT NULL,
    "message" TEXT NOT NULL,
    "short" VARCHAR(40) NOT NULL,
    "fixed" CHAR(9) NOT NULL,
    "bits" BIT(4) NOT NULL,
    "varbits" VARBIT NOT NULL,
    "uid" UUID NOT NULL,
    "payload" BYTEA NOT NULL,
    "at1" TIME NOT NULL,
    "at2" TIMETZ NOT NULL,

    CONSTRAINT "Log_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Log_at_idx" ON "Log" USING BRIN ("at");

-- CreateIndex
CREATE INDEX "Log_atTz_idx" ON "Log" USING BRIN ("atTz");

-- CreateIndex
CREATE INDEX "Log_day_idx" ON "Log" USING BRIN ("day");

-- CreateIndex
CREATE INDEX "Log_level_idx" ON "Log" USING BRIN ("level");

-- CreateIndex
CREATE INDEX "Log_tiny_idx" ON "Log" USING BRIN ("tiny");

-- CreateIndex
CREATE INDEX "Log_size_idx" ON "Log" USING BRIN ("size");

-- CreateIndex
CREATE INDEX "Log_object_idx" ON "Log" USING BRIN ("object");

-- CreateIndex
CREATE INDEX "Log_ratio_idx" ON "Log" USING BRIN ("ratio");

-- CreateIndex
CREATE INDEX "Log_ratio4_idx" ON "Log" USING BRIN ("ratio4");

-- CreateIndex
CREATE INDEX "Log_amount_idx" ON "Log" USING BRIN ("amount");

-- CreateIndex
CREATE INDEX "Log_host_idx" ON "Log" USING BRIN ("host");

-- CreateIndex
CREATE INDEX "Log_message_idx" ON "Log" USING BRIN ("message");

-- CreateIndex
CREATE INDEX "Log_short_idx" ON "Log" USING BRIN ("short");

-- CreateIndex
CREATE INDEX "Log_fixed_idx" ON "Log" USING BRIN ("fixed");

-- CreateIndex
CREATE INDEX "Log_bits_idx" ON "Log" USING BRIN ("bits");

-- CreateIndex
CREATE INDEX "Log_varbits_idx" ON "Log" USING BRIN ("varbits");

-- CreateIndex
CREATE INDEX "Log_uid_idx" ON "Log" USING BRIN ("uid");

-- CreateIndex
CREATE INDEX "Log_payload_idx" ON "Log" USING BRIN ("payload");

-- CreateIndex
CREATE INDEX "Log_at1_idx" ON "Log" USING BRIN ("at1");

-- CreateIndex
CREATE INDEX "Log_at2_idx" ON "Log" USING BRIN ("at2");

-- CreateIndex
CREATE INDEX "Log_at_level_message_idx" ON "Log" USING BRIN ("at", "level", "message");
