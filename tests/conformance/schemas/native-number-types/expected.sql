-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "Numbers" (
    "id" INTEGER NOT NULL,
    "smallInt" SMALLINT NOT NULL,
    "smallIntOpt" SMALLINT,
    "oid" OID NOT NULL,
    "oidOpt" OID,
    "bigInt" BIGINT NOT NULL,
    "bigIntOpt" BIGINT,
    "decimal" DECIMAL NOT NULL,
    "decimal52" DECIMAL(5,2) NOT NULL,
    "decimalZero" DECIMAL(12,0) NOT NULL,
    "decimalWide" DECIMAL(1000,1000) NOT NULL,
    "decimalTight" DECIMAL(1,1) NOT NULL,
    "decimalOpt" DECIMAL(65,30),
    "money" MONEY NOT NULL,
    "moneyOpt" MONEY,
    "real" REAL NOT NULL,
    "realOpt" REAL,
    "double" DOUBLE PRECISION NOT NULL,
    "doubleOpt" DOUBLE PRECISION,

    CONSTRAINT "Numbers_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SmallKey" (
    "id" SMALLINT NOT NULL,
    "price" MONEY NOT NULL DEFAULT 0,
    "ratio" REAL NOT NULL DEFAULT 0.5,
    "refs" OID NOT NULL DEFAULT 0,

    CONSTRAINT "SmallKey_pkey" PRIMARY KEY ("id")
);
