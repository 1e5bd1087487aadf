-- DropTable
DROP TABLE "Old";

-- DropTable
DROP TABLE "Other";

-- CreateTable
CREATE TABLE "Newer" (
    "id" INTEGER NOT NULL,
    "x" INTEGER NOT NULL,

    CONSTRAINT "Newer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Another" (
    "id" INTEGER NOT NULL,

    CONSTRAINT "Other_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "by_x" ON "Newer"("x");
