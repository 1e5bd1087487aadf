-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "Abcdefghijklmnopqrstuvwxyz_abcdefghijklmnopqrstuvwxyz_abcdefgh" (
    "id" INTEGER NOT NULL,

    CONSTRAINT "Abcdefghijklmnopqrstuvwxyz_abcdefghijklmnopqrstuvwxyz_abcd_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Tag" (
    "id" BOOLEAN NOT NULL,

    CONSTRAINT "Tag_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Visit" (
    "id" INTEGER NOT NULL,

    CONSTRAINT "Visit_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "_Abcdefghijklmnopqrstuvwxyz_abcdefghijklmnopqrstuvwxyz_abcdefgh" (
    "A" INTEGER NOT NULL,
    "B" INTEGER NOT NULL,

    CONSTRAINT "_Abcdefghijklmnopqrstuvwxyz_abcdefghijklmnopqrstuvwxyz__AB_pkey" PRIMARY KEY ("A","B")
);

-- CreateIndex
CREATE INDEX "_Abcdefghijklmnopqrstuvwxyz_abcdefghijklmnopqrstuvwxyz__B_index" ON "_Abcdefghijklmnopqrstuvwxyz_abcdefghijklmnopqrstuvwxyz_abcdefgh"("B");

-- AddForeignKey
ALTER TABLE "_Abcdefghijklmnopqrstuvwxyz_abcdefghijklmnopqrstuvwxyz_abcdefgh" ADD CONSTRAINT "_Abcdefghijklmnopqrstuvwxyz_abcdefghijklmnopqrstuvwxyz_a_A_fkey" FOREIGN KEY ("A") REFERENCES "Abcdefghijklmnopqrstuvwxyz_abcdefghijklmnopqrstuvwxyz_abcdefgh"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "_Abcdefghijklmnopqrstuvwxyz_abcdefghijklmnopqrstuvwxyz_abcdefgh" ADD CONSTRAINT "_Abcdefghijklmnopqrstuvwxyz_abcdefghijklmnopqrstuvwxyz_a_B_fkey" FOREIGN KEY ("B") REFERENCES "Visit"("id") ON DELETE CASCADE ON UPDATE CASCADE;
