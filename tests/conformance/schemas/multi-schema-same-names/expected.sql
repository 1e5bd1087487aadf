-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "one";

-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "two";

-- CreateEnum
CREATE TYPE "one"."state" AS ENUM ('on', 'off');

-- CreateEnum
CREATE TYPE "two"."state" AS ENUM ('on', 'off');

-- CreateTable
CREATE TABLE "one"."item" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "state" "one"."state" NOT NULL,
    "otherId" INTEGER NOT NULL,

    CONSTRAINT "item_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "two"."item" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "state" "two"."state" NOT NULL DEFAULT 'off',

    CONSTRAINT "item_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "item_name_key" ON "one"."item"("name");

-- CreateIndex
CREATE INDEX "item_state_idx" ON "one"."item"("state");

-- CreateIndex
CREATE UNIQUE INDEX "item_name_key" ON "two"."item"("name");

-- CreateIndex
CREATE INDEX "item_state_idx" ON "two"."item"("state");

-- AddForeignKey
ALTER TABLE "one"."item" ADD CONSTRAINT "item_otherId_fkey" FOREIGN KEY ("otherId") REFERENCES "two"."item"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
