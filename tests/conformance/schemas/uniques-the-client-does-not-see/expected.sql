-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "HiddenId" (
    "id" INTEGER NOT NULL,
    "rank" INTEGER NOT NULL,

    CONSTRAINT "HiddenId_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "HalfHiddenId" (
    "a" INTEGER NOT NULL,
    "b" TEXT NOT NULL,

    CONSTRAINT "HalfHiddenId_pkey" PRIMARY KEY ("a","b")
);

-- CreateTable
CREATE TABLE "ListUnique" (
    "days" TIMESTAMP(3)[],
    "rank" INTEGER NOT NULL
);

-- CreateTable
CREATE TABLE "PartialUnique" (
    "a" INTEGER NOT NULL,
    "b" INTEGER NOT NULL
);

-- CreateTable
CREATE TABLE "PartialBesideWhole" (
    "id" INTEGER NOT NULL,
    "b" INTEGER NOT NULL,
    "c" INTEGER NOT NULL,

    CONSTRAINT "PartialBesideWhole_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Parent" (
    "id" INTEGER NOT NULL,

    CONSTRAINT "Parent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Child" (
    "id" INTEGER NOT NULL,
    "parentId" INTEGER NOT NULL,

    CONSTRAINT "Child_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "OnlyDefaults" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "ownerId" INTEGER NOT NULL,

    CONSTRAINT "OnlyDefaults_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Parent2" (
    "id" INTEGER NOT NULL,

    CONSTRAINT "Parent2_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "ListUnique_days_key" ON "ListUnique"("days");

-- CreateIndex
CREATE UNIQUE INDEX "PartialUnique_a_key" ON "PartialUnique"("a") WHERE ("b" = 1);

-- CreateIndex
CREATE UNIQUE INDEX "PartialBesideWhole_b_key" ON "PartialBesideWhole"("b");

-- CreateIndex
CREATE UNIQUE INDEX "PartialBesideWhole_some" ON "PartialBesideWhole"("b" DESC) WHERE ("c" != 0);

-- CreateIndex
CREATE UNIQUE INDEX "OnlyDefaults_ownerId_key" ON "OnlyDefaults"("ownerId");

-- AddForeignKey
ALTER TABLE "Child" ADD CONSTRAINT "Child_parentId_fkey" FOREIGN KEY ("parentId") REFERENCES "Parent"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "OnlyDefaults" ADD CONSTRAINT "OnlyDefaults_ownerId_fkey" FOREIGN KEY ("ownerId") REFERENCES "Parent2"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
