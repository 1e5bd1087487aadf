-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "Arrays" (
    "id" INTEGER NOT NULL,
    "smallInts" SMALLINT[],
    "oids" OID[],
    "bigInts" BIGINT[],
    "decimals" DECIMAL(8,3)[],
    "decimals2" DECIMAL[],
    "moneys" MONEY[],
    "reals" REAL[],
    "texts" TEXT[],
    "varchars" VARCHAR(20)[],
    "chars" CHAR(4)[],
    "bits" BIT(2)[],
    "varbits" VARBIT(9)[],
    "uuids" UUID[],
    "xmls" XML[],
    "inets" INET[],
    "stamps" TIMESTAMP(6)[],
    "stampstz" TIMESTAMPTZ(3)[],
    "dates" DATE[],
    "times" TIME(0)[],
    "timetzs" TIMETZ(1)[],
    "jsons" JSON[],
    "jsonbs" JSONB[],
    "blobs" BYTEA[],
    "booleans" BOOLEAN[],

    CONSTRAINT "Arrays_pkey" PRIMARY KEY ("id")
);
