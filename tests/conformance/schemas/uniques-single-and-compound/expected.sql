-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "Account" (
    "id" INTEGER NOT NULL,
    "email" TEXT NOT NULL,
    "phone" TEXT,
    "number" INTEGER NOT NULL,
    "first" TEXT NOT NULL,
    "last" TEXT NOT NULL,
    "tenant" INTEGER NOT NULL,
    "account_code" TEXT NOT NULL,
    "tags" TEXT[],
    "meta" JSONB NOT NULL,

    CONSTRAINT "Account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "NoId" (
    "key" TEXT NOT NULL,
    "value" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "no_id_compound" (
    "a" INTEGER NOT NULL,
    "b" INTEGER NOT NULL,
    "c" INTEGER
);

-- CreateIndex
CREATE UNIQUE INDEX "Account_email_key" ON "Account"("email");

-- CreateIndex
CREATE UNIQUE INDEX "account_phone_only_once" ON "Account"("phone");

-- CreateIndex
CREATE UNIQUE INDEX "Account_number_key" ON "Account"("number" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "Account_account_code_key" ON "Account"("account_code");

-- CreateIndex
CREATE UNIQUE INDEX "Account_tags_key" ON "Account"("tags");

-- CreateIndex
CREATE UNIQUE INDEX "Account_meta_key" ON "Account"("meta");

-- CreateIndex
CREATE UNIQUE INDEX "Account_first_last_key" ON "Account"("first", "last");

-- CreateIndex
CREATE UNIQUE INDEX "Account_tenant_account_code_key" ON "Account"("tenant", "account_code" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "uq_tenant_name" ON "Account"("tenant", "first", "last");

-- CreateIndex
CREATE UNIQUE INDEX "Account_tenant_key" ON "Account"("tenant" ASC);

-- CreateIndex
CREATE UNIQUE INDEX "NoId_key_key" ON "NoId"("key");

-- CreateIndex
CREATE UNIQUE INDEX "no_id_compound_a_b_key" ON "no_id_compound"("a", "b");

-- CreateIndex
CREATE UNIQUE INDEX "no_id_compound_c_a_key" ON "no_id_compound"("c", "a");
