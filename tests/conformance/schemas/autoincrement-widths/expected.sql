-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "PlainInt" (
    "id" SERIAL NOT NULL,

    CONSTRAINT "PlainInt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Big" (
    "id" BIGSERIAL NOT NULL,

    CONSTRAINT "Big_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Small" (
    "id" SMALLSERIAL NOT NULL,

    CONSTRAINT "Small_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Integer" (
    "id" SERIAL NOT NULL,

    CONSTRAINT "Integer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "BigNative" (
    "id" BIGSERIAL NOT NULL,

    CONSTRAINT "BigNative_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "NotTheKey" (
    "id" TEXT NOT NULL,
    "number" SERIAL NOT NULL,
    "serial" BIGSERIAL NOT NULL,

    CONSTRAINT "NotTheKey_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Two" (
    "a" SERIAL NOT NULL,
    "b" SERIAL NOT NULL,

    CONSTRAINT "Two_pkey" PRIMARY KEY ("a","b")
);

-- CreateIndex
CREATE UNIQUE INDEX "NotTheKey_serial_key" ON "NotTheKey"("serial");
