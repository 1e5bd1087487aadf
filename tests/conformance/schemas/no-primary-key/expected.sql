-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "Setting" (
    "name" TEXT NOT NULL,
    "value" TEXT
);

-- CreateTable
CREATE TABLE "Pair" (
    "left" INTEGER NOT NULL,
    "right" INTEGER NOT NULL
);

-- CreateTable
CREATE TABLE "Ref" (
    "key" INTEGER NOT NULL,
    "left" INTEGER NOT NULL,
    "right" INTEGER NOT NULL
);

-- CreateTable
CREATE TABLE "OnlyColumn" (
    "only" INTEGER NOT NULL
);

-- CreateIndex
CREATE UNIQUE INDEX "Setting_name_key" ON "Setting"("name");

-- CreateIndex
CREATE UNIQUE INDEX "Pair_left_right_key" ON "Pair"("left", "right");

-- CreateIndex
CREATE UNIQUE INDEX "Ref_key_key" ON "Ref"("key");

-- CreateIndex
CREATE UNIQUE INDEX "OnlyColumn_only_key" ON "OnlyColumn"("only");

-- AddForeignKey
ALTER TABLE "Ref" ADD CONSTRAINT "Ref_left_right_fkey" FOREIGN KEY ("left", "right") REFERENCES "Pair"("left", "right") ON DELETE RESTRICT ON UPDATE CASCADE;
