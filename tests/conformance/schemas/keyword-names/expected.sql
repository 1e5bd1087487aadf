-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "All" AS ENUM ('select', 'insert', 'null', 'true', 'default', 'model');

-- CreateTable
CREATE TABLE "Order" (
    "id" INTEGER NOT NULL,
    "select" TEXT NOT NULL,
    "from" TEXT NOT NULL,
    "where" INTEGER,
    "group" TEXT NOT NULL,
    "table" INTEGER NOT NULL,
    "index" INTEGER NOT NULL,
    "type" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "enum" BOOLEAN NOT NULL,
    "default" INTEGER NOT NULL DEFAULT 0,
    "null" TEXT,
    "true" BOOLEAN NOT NULL,
    "primary" JSONB NOT NULL,
    "key" TEXT[],
    "all" "All" NOT NULL,
    "AND" INTEGER NOT NULL,
    "async" INTEGER NOT NULL,
    "class" TEXT NOT NULL,
    "now" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Order_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "user" (
    "table" INTEGER NOT NULL,
    "index" INTEGER NOT NULL,

    CONSTRAINT "user_pkey" PRIMARY KEY ("table","index")
);

-- CreateTable
CREATE TABLE "Table" (
    "id" INTEGER NOT NULL,

    CONSTRAINT "Table_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "view_" (
    "id" INTEGER NOT NULL,

    CONSTRAINT "view__pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "_TableToview_" (
    "A" INTEGER NOT NULL,
    "B" INTEGER NOT NULL,

    CONSTRAINT "_TableToview__AB_pkey" PRIMARY KEY ("A","B")
);

-- CreateIndex
CREATE UNIQUE INDEX "Order_group_key" ON "Order"("group");

-- CreateIndex
CREATE INDEX "Order_select_from_idx" ON "Order"("select", "from");

-- CreateIndex
CREATE INDEX "_TableToview__B_index" ON "_TableToview_"("B");

-- AddForeignKey
ALTER TABLE "Order" ADD CONSTRAINT "Order_table_index_fkey" FOREIGN KEY ("table", "index") REFERENCES "user"("table", "index") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "_TableToview_" ADD CONSTRAINT "_TableToview__A_fkey" FOREIGN KEY ("A") REFERENCES "Table"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "_TableToview_" ADD CONSTRAINT "_TableToview__B_fkey" FOREIGN KEY ("B") REFERENCES "view_"("id") ON DELETE CASCADE ON UPDATE CASCADE;
