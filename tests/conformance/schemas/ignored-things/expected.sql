-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "Kept" (
    "id" INTEGER NOT NULL,
    "hidden" TEXT NOT NULL,
    "hidden_two" INTEGER DEFAULT 3,

    CONSTRAINT "Kept_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Ignored" (
    "id" INTEGER NOT NULL,
    "keptId" INTEGER NOT NULL
);

-- CreateTable
CREATE TABLE "no_criterion" (
    "a" TEXT NOT NULL,
    "b" INTEGER[]
);

-- CreateIndex
CREATE INDEX "Kept_hidden_idx" ON "Kept"("hidden");

-- CreateIndex
CREATE UNIQUE INDEX "Ignored_id_keptId_key" ON "Ignored"("id", "keptId");

-- AddForeignKey
ALTER TABLE "Ignored" ADD CONSTRAINT "Ignored_keptId_fkey" FOREIGN KEY ("keptId") REFERENCES "Kept"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
