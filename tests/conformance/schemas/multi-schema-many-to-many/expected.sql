-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "crm";

-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "crm"."Kind" AS ENUM ('A', 'B');

-- CreateTable
CREATE TABLE "crm"."Contact" (
    "id" INTEGER NOT NULL,

    CONSTRAINT "Contact_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "List" (
    "id" TEXT NOT NULL,

    CONSTRAINT "List_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Group" (
    "kind" "crm"."Kind" NOT NULL,

    CONSTRAINT "Group_pkey" PRIMARY KEY ("kind")
);

-- CreateTable
CREATE TABLE "crm"."Area" (
    "id" BIGINT NOT NULL,

    CONSTRAINT "Area_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "crm"."_ContactToList" (
    "A" INTEGER NOT NULL,
    "B" TEXT NOT NULL,

    CONSTRAINT "_ContactToList_AB_pkey" PRIMARY KEY ("A","B")
);

-- CreateTable
CREATE TABLE "crm"."_membership" (
    "A" INTEGER NOT NULL,
    "B" "crm"."Kind" NOT NULL,

    CONSTRAINT "_membership_AB_pkey" PRIMARY KEY ("A","B")
);

-- CreateTable
CREATE TABLE "crm"."_knows" (
    "A" INTEGER NOT NULL,
    "B" INTEGER NOT NULL,

    CONSTRAINT "_knows_AB_pkey" PRIMARY KEY ("A","B")
);

-- CreateTable
CREATE TABLE "crm"."_AreaToGroup" (
    "A" BIGINT NOT NULL,
    "B" "crm"."Kind" NOT NULL,

    CONSTRAINT "_AreaToGroup_AB_pkey" PRIMARY KEY ("A","B")
);

-- CreateIndex
CREATE INDEX "_ContactToList_B_index" ON "crm"."_ContactToList"("B");

-- CreateIndex
CREATE INDEX "_membership_B_index" ON "crm"."_membership"("B");

-- CreateIndex
CREATE INDEX "_knows_B_index" ON "crm"."_knows"("B");

-- CreateIndex
CREATE INDEX "_AreaToGroup_B_index" ON "crm"."_AreaToGroup"("B");

-- AddForeignKey
ALTER TABLE "crm"."_ContactToList" ADD CONSTRAINT "_ContactToList_A_fkey" FOREIGN KEY ("A") REFERENCES "crm"."Contact"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "crm"."_ContactToList" ADD CONSTRAINT "_ContactToList_B_fkey" FOREIGN KEY ("B") REFERENCES "List"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "crm"."_membership" ADD CONSTRAINT "_membership_A_fkey" FOREIGN KEY ("A") REFERENCES "crm"."Contact"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "crm"."_membership" ADD CONSTRAINT "_membership_B_fkey" FOREIGN KEY ("B") REFERENCES "Group"("kind") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "crm"."_knows" ADD CONSTRAINT "_knows_A_fkey" FOREIGN KEY ("A") REFERENCES "crm"."Contact"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "crm"."_knows" ADD CONSTRAINT "_knows_B_fkey" FOREIGN KEY ("B") REFERENCES "crm"."Contact"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "crm"."_AreaToGroup" ADD CONSTRAINT "_AreaToGroup_A_fkey" FOREIGN KEY ("A") REFERENCES "crm"."Area"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "crm"."_AreaToGroup" ADD CONSTRAINT "_AreaToGroup_B_fkey" FOREIGN KEY ("B") REFERENCES "Group"("kind") ON DELETE CASCADE ON UPDATE CASCADE;
