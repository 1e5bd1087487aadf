-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "Strings" (
    "id" UUID NOT NULL,
    "text" TEXT NOT NULL,
    "textOpt" TEXT,
    "varchar" VARCHAR NOT NULL,
    "varcharEmp" VARCHAR NOT NULL,
    "varchar1" VARCHAR(1) NOT NULL,
    "varchar255" VARCHAR(255),
    "varcharBig" VARCHAR(10485760) NOT NULL,
    "char2" CHAR(2) NOT NULL,
    "charOpt" CHAR(36),
    "bit8" BIT(8) NOT NULL,
    "bitOpt" BIT(3),
    "varbit" VARBIT NOT NULL,
    "varbit16" VARBIT(16) NOT NULL,
    "uuid" UUID,
    "xml" XML NOT NULL,
    "xmlOpt" XML,
    "inet" INET NOT NULL,
    "inetOpt" INET,

    CONSTRAINT "Strings_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Codes" (
    "code" CHAR(3) NOT NULL,
    "label" VARCHAR(80) NOT NULL,
    "flags" BIT(8) NOT NULL DEFAULT '00000000',
    "mask" VARBIT(16) NOT NULL DEFAULT '1010',
    "address" INET NOT NULL DEFAULT '127.0.0.1',

    CONSTRAINT "Codes_pkey" PRIMARY KEY ("code")
);

-- CreateIndex
CREATE UNIQUE INDEX "Codes_label_key" ON "Codes"("label");
