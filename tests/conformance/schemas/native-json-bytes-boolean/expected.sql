-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "Documents" (
    "id" BYTEA NOT NULL,
    "json" JSON NOT NULL,
    "jsonOpt" JSON,
    "jsonb" JSONB NOT NULL,
    "jsonbOpt" JSONB,
    "bytes" BYTEA NOT NULL,
    "bytesOpt" BYTEA,
    "bool" BOOLEAN NOT NULL,
    "boolOpt" BOOLEAN,
    "settings" JSON NOT NULL DEFAULT '{"theme": "dark", "columns": [1, 2, 3]}',
    "signature" BYTEA NOT NULL DEFAULT '\x48656c6c6f',
    "enabled" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "Documents_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "JsonKey" (
    "id" JSONB NOT NULL,
    "value" DOUBLE PRECISION NOT NULL,
    "other" BOOLEAN NOT NULL,

    CONSTRAINT "JsonKey_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "JsonKey_value_key" ON "JsonKey"("value");

-- CreateIndex
CREATE UNIQUE INDEX "JsonKey_other_key" ON "JsonKey"("other");
