-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "T57_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" (
    "id" INTEGER NOT NULL,
    "u" INTEGER NOT NULL,
    "x" INTEGER NOT NULL,
    "y" INTEGER NOT NULL,
    "f" INTEGER,

    CONSTRAINT "T57_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "T58_bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb" (
    "id" INTEGER NOT NULL,
    "u" INTEGER NOT NULL,
    "x" INTEGER NOT NULL,
    "y" INTEGER NOT NULL,
    "f" INTEGER,

    CONSTRAINT "T58_bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "T59_ccccccccccccccccccccccccccccccccccccccccccccccccccccccc" (
    "id" INTEGER NOT NULL,
    "u" INTEGER NOT NULL,
    "x" INTEGER NOT NULL,
    "y" INTEGER NOT NULL,
    "f" INTEGER,

    CONSTRAINT "T59_cccccccccccccccccccccccccccccccccccccccccccccccccccccc_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "T63_ddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd" (
    "id" INTEGER NOT NULL,
    "u" INTEGER NOT NULL,
    "x" INTEGER NOT NULL,
    "y" INTEGER NOT NULL,
    "f" INTEGER,

    CONSTRAINT "T63_dddddddddddddddddddddddddddddddddddddddddddddddddddddd_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Columns" (
    "id" INTEGER NOT NULL,
    "ppppppppppppppppppppppppppppppppppppppppppppppp" INTEGER NOT NULL,
    "qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq" INTEGER NOT NULL,
    "rrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrr" INTEGER NOT NULL,
    "sssssssssssssssssssssssssssssssssssssssssssssssssssssss" INTEGER NOT NULL,
    "tttttttttttttttttttttttttttttttttttttttttttttttttt" INTEGER,

    CONSTRAINT "Columns_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Short" (
    "id" INTEGER NOT NULL,

    CONSTRAINT "Short_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Longish_zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz" (
    "id" TEXT NOT NULL,

    CONSTRAINT "Longish_zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "_mmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmm" (
    "A" TEXT NOT NULL,
    "B" INTEGER NOT NULL,

    CONSTRAINT "_mmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmm_AB_pkey" PRIMARY KEY ("A","B")
);

-- CreateTable
CREATE TABLE "_nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn" (
    "A" TEXT NOT NULL,
    "B" INTEGER NOT NULL,

    CONSTRAINT "_nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_AB_pkey" PRIMARY KEY ("A","B")
);

-- CreateTable
CREATE TABLE "_oooooooooooooooooooooooooooooooooooooooooooooooooooooooo" (
    "A" TEXT NOT NULL,
    "B" INTEGER NOT NULL,

    CONSTRAINT "_oooooooooooooooooooooooooooooooooooooooooooooooooooooo_AB_pkey" PRIMARY KEY ("A","B")
);

-- CreateTable
CREATE TABLE "_Longish_zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzToSh" (
    "A" TEXT NOT NULL,
    "B" INTEGER NOT NULL,

    CONSTRAINT "_Longish_zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz_AB_pkey" PRIMARY KEY ("A","B")
);

-- CreateIndex
CREATE UNIQUE INDEX "T57_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa_u_key" ON "T57_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"("u");

-- CreateIndex
CREATE INDEX "T57_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa_x_idx" ON "T57_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"("x");

-- CreateIndex
CREATE UNIQUE INDEX "T58_bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb__key" ON "T58_bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"("u");

-- CreateIndex
CREATE INDEX "T58_bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb__idx" ON "T58_bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"("x");

-- CreateIndex
CREATE UNIQUE INDEX "T59_ccccccccccccccccccccccccccccccccccccccccccccccccccccccc_key" ON "T59_ccccccccccccccccccccccccccccccccccccccccccccccccccccccc"("u");

-- CreateIndex
CREATE INDEX "T59_ccccccccccccccccccccccccccccccccccccccccccccccccccccccc_idx" ON "T59_ccccccccccccccccccccccccccccccccccccccccccccccccccccccc"("x");

-- CreateIndex
CREATE UNIQUE INDEX "T63_ddddddddddddddddddddddddddddddddddddddddddddddddddddddd_key" ON "T63_ddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd"("u");

-- CreateIndex
CREATE INDEX "T63_ddddddddddddddddddddddddddddddddddddddddddddddddddddddd_idx" ON "T63_ddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd"("x");

-- CreateIndex
CREATE UNIQUE INDEX "Columns_ppppppppppppppppppppppppppppppppppppppppppppppp_key" ON "Columns"("ppppppppppppppppppppppppppppppppppppppppppppppp");

-- CreateIndex
CREATE UNIQUE INDEX "Columns_qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq_key" ON "Columns"("qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq");

-- CreateIndex
CREATE INDEX "Columns_rrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrr_idx" ON "Columns"("rrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrr");

-- CreateIndex
CREATE INDEX "Columns_tttttttttttttttttttttttttttttttttttttttttttttttttt_idx" ON "Columns"("tttttttttttttttttttttttttttttttttttttttttttttttttt");

-- CreateIndex
CREATE INDEX "Columns_qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq_idx" ON "Columns"("qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq", "sssssssssssssssssssssssssssssssssssssssssssssssssssssss");

-- CreateIndex
CREATE UNIQUE INDEX "Columns_sssssssssssssssssssssssssssssssssssssssssssssssssss_key" ON "Columns"("sssssssssssssssssssssssssssssssssssssssssssssssssssssss", "rrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrr");

-- CreateIndex
CREATE INDEX "_mmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmm_B_index" ON "_mmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmm"("B");

-- CreateIndex
CREATE INDEX "_nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_B_index" ON "_nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn"("B");

-- CreateIndex
CREATE INDEX "_oooooooooooooooooooooooooooooooooooooooooooooooooooooo_B_index" ON "_oooooooooooooooooooooooooooooooooooooooooooooooooooooooo"("B");

-- CreateIndex
CREATE INDEX "_Longish_zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz_B_index" ON "_Longish_zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzToSh"("B");

-- AddForeignKey
ALTER TABLE "T57_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" ADD CONSTRAINT "T57_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa__fkey" FOREIGN KEY ("f") REFERENCES "T57_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "T58_bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb" ADD CONSTRAINT "T58_bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb_fkey" FOREIGN KEY ("f") REFERENCES "T58_bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "T59_ccccccccccccccccccccccccccccccccccccccccccccccccccccccc" ADD CONSTRAINT "T59_cccccccccccccccccccccccccccccccccccccccccccccccccccccc_fkey" FOREIGN KEY ("f") REFERENCES "T59_ccccccccccccccccccccccccccccccccccccccccccccccccccccccc"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "T63_ddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd" ADD CONSTRAINT "T63_dddddddddddddddddddddddddddddddddddddddddddddddddddddd_fkey" FOREIGN KEY ("f") REFERENCES "T63_ddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Columns" ADD CONSTRAINT "Columns_tttttttttttttttttttttttttttttttttttttttttttttttttt_fkey" FOREIGN KEY ("tttttttttttttttttttttttttttttttttttttttttttttttttt") REFERENCES "Short"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "_mmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmm" ADD CONSTRAINT "_mmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmm_A_fkey" FOREIGN KEY ("A") REFERENCES "Longish_zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "_mmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmm" ADD CONSTRAINT "_mmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmm_B_fkey" FOREIGN KEY ("B") REFERENCES "Short"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "_nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn" ADD CONSTRAINT "_nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_A_fkey" FOREIGN KEY ("A") REFERENCES "Longish_zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "_nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn" ADD CONSTRAINT "_nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_B_fkey" FOREIGN KEY ("B") REFERENCES "Short"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "_oooooooooooooooooooooooooooooooooooooooooooooooooooooooo" ADD CONSTRAINT "_ooooooooooooooooooooooooooooooooooooooooooooooooooooooo_A_fkey" FOREIGN KEY ("A") REFERENCES "Longish_zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "_oooooooooooooooooooooooooooooooooooooooooooooooooooooooo" ADD CONSTRAINT "_ooooooooooooooooooooooooooooooooooooooooooooooooooooooo_B_fkey" FOREIGN KEY ("B") REFERENCES "Short"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "_Longish_zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzToSh" ADD CONSTRAINT "_Longish_zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz_A_fkey" FOREIGN KEY ("A") REFERENCES "Longish_zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "_Longish_zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzToSh" ADD CONSTRAINT "_Longish_zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz_B_fkey" FOREIGN KEY ("B") REFERENCES "Short"("id") ON DELETE CASCADE ON UPDATE CASCADE;
