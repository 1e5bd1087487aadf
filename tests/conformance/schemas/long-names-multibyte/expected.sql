-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "Aéééééééééééééééééééééééééééé" (
    "id" INTEGER NOT NULL,
    "u" INTEGER NOT NULL,
    "ñ" INTEGER NOT NULL,
    "f" INTEGER,

    CONSTRAINT "Aéééééééééééééééééééééééééééé_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Béééééééééééééééééééééééééééé" (
    "id" INTEGER NOT NULL,
    "u" INTEGER NOT NULL,
    "ñ" INTEGER NOT NULL,
    "f" INTEGER,

    CONSTRAINT "Béééééééééééééééééééééééééééé_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Cééééééééééééééééééééééééééééé" (
    "id" INTEGER NOT NULL,
    "u" INTEGER NOT NULL,
    "ñ" INTEGER NOT NULL,
    "f" INTEGER,

    CONSTRAINT "Céééééééééééééééééééééééééééé_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Dééééééééééééééééééééééééééééééé" (
    "id" INTEGER NOT NULL,
    "u" INTEGER NOT NULL,
    "ñ" INTEGER NOT NULL,
    "f" INTEGER,

    CONSTRAINT "Déééééééééééééééééééééééééééé_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "E日日日日日日日日日日日日日日日日日日日" (
    "id" INTEGER NOT NULL,
    "u" INTEGER NOT NULL,
    "ñ" INTEGER NOT NULL,
    "f" INTEGER,

    CONSTRAINT "E日日日日日日日日日日日日日日日日日日日_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "F日日日日日日日日日日日日日日日日日日日日" (
    "id" INTEGER NOT NULL,
    "u" INTEGER NOT NULL,
    "ñ" INTEGER NOT NULL,
    "f" INTEGER,

    CONSTRAINT "F日日日日日日日日日日日日日日日日日日日_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "G日日日日日日日日日日日日日日日日日日日日" (
    "id" INTEGER NOT NULL,
    "u" INTEGER NOT NULL,
    "ñ" INTEGER NOT NULL,
    "f" INTEGER,

    CONSTRAINT "G日日日日日日日日日日日日日日日日日日日_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "P" (
    "id" INTEGER NOT NULL,

    CONSTRAINT "P_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Q" (
    "id" INTEGER NOT NULL,

    CONSTRAINT "Q_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "_ééééééééééééééééééééééééééé" (
    "A" INTEGER NOT NULL,
    "B" INTEGER NOT NULL,

    CONSTRAINT "_ééééééééééééééééééééééééééé_AB_pkey" PRIMARY KEY ("A","B")
);

-- CreateTable
CREATE TABLE "_日日日日日日日日日語語語語語" (
    "A" INTEGER NOT NULL,
    "B" INTEGER NOT NULL,

    CONSTRAINT "_日日日日日日日日日語語語語語_AB_pkey" PRIMARY KEY ("A","B")
);

-- CreateIndex
CREATE UNIQUE INDEX "Aéééééééééééééééééééééééééééé_u_key" ON "Aéééééééééééééééééééééééééééé"("u");

-- CreateIndex
CREATE INDEX "Aéééééééééééééééééééééééééééé__idx" ON "Aéééééééééééééééééééééééééééé"("ñ");

-- CreateIndex
CREATE UNIQUE INDEX "Béééééééééééééééééééééééééééé_u_key" ON "Béééééééééééééééééééééééééééé"("u");

-- CreateIndex
CREATE INDEX "Béééééééééééééééééééééééééééé__idx" ON "Béééééééééééééééééééééééééééé"("ñ");

-- CreateIndex
CREATE UNIQUE INDEX "Cééééééééééééééééééééééééééééé_key" ON "Cééééééééééééééééééééééééééééé"("u");

-- CreateIndex
CREATE INDEX "Cééééééééééééééééééééééééééééé_idx" ON "Cééééééééééééééééééééééééééééé"("ñ");

-- CreateIndex
CREATE UNIQUE INDEX "Dééééééééééééééééééééééééééééé_key" ON "Dééééééééééééééééééééééééééééééé"("u");

-- CreateIndex
CREATE INDEX "Dééééééééééééééééééééééééééééé_idx" ON "Dééééééééééééééééééééééééééééééé"("ñ");

-- CreateIndex
CREATE UNIQUE INDEX "E日日日日日日日日日日日日日日日日日日日__key" ON "E日日日日日日日日日日日日日日日日日日日"("u");

-- CreateIndex
CREATE INDEX "E日日日日日日日日日日日日日日日日日日日__idx" ON "E日日日日日日日日日日日日日日日日日日日"("ñ");

-- CreateIndex
CREATE UNIQUE INDEX "F日日日日日日日日日日日日日日日日日日日_key" ON "F日日日日日日日日日日日日日日日日日日日日"("u");

-- CreateIndex
CREATE INDEX "F日日日日日日日日日日日日日日日日日日日_idx" ON "F日日日日日日日日日日日日日日日日日日日日"("ñ");

-- CreateIndex
CREATE UNIQUE INDEX "G日日日日日日日日日日日日日日日日日日日_key" ON "G日日日日日日日日日日日日日日日日日日日日"("u");

-- CreateIndex
CREATE INDEX "G日日日日日日日日日日日日日日日日日日日_idx" ON "G日日日日日日日日日日日日日日日日日日日日"("ñ");

-- CreateIndex
CREATE INDEX "_ééééééééééééééééééééééééééé_B_index" ON "_ééééééééééééééééééééééééééé"("B");

-- CreateIndex
CREATE INDEX "_日日日日日日日日日語語語語語_B_index" ON "_日日日日日日日日日語語語語語"("B");

-- AddForeignKey
ALTER TABLE "Aéééééééééééééééééééééééééééé" ADD CONSTRAINT "Aéééééééééééééééééééééééééééé__fkey" FOREIGN KEY ("f") REFERENCES "Aéééééééééééééééééééééééééééé"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Béééééééééééééééééééééééééééé" ADD CONSTRAINT "Béééééééééééééééééééééééééééé__fkey" FOREIGN KEY ("f") REFERENCES "Béééééééééééééééééééééééééééé"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Cééééééééééééééééééééééééééééé" ADD CONSTRAINT "Céééééééééééééééééééééééééééé_fkey" FOREIGN KEY ("f") REFERENCES "Cééééééééééééééééééééééééééééé"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Dééééééééééééééééééééééééééééééé" ADD CONSTRAINT "Déééééééééééééééééééééééééééé_fkey" FOREIGN KEY ("f") REFERENCES "Dééééééééééééééééééééééééééééééé"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "E日日日日日日日日日日日日日日日日日日日" ADD CONSTRAINT "E日日日日日日日日日日日日日日日日日日日_fkey" FOREIGN KEY ("f") REFERENCES "E日日日日日日日日日日日日日日日日日日日"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "F日日日日日日日日日日日日日日日日日日日日" ADD CONSTRAINT "F日日日日日日日日日日日日日日日日日日日_fkey" FOREIGN KEY ("f") REFERENCES "F日日日日日日日日日日日日日日日日日日日日"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "G日日日日日日日日日日日日日日日日日日日日" ADD CONSTRAINT "G日日日日日日日日日日日日日日日日日日日_fkey" FOREIGN KEY ("f") REFERENCES "G日日日日日日日日日日日日日日日日日日日日"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "_ééééééééééééééééééééééééééé" ADD CONSTRAINT "_ééééééééééééééééééééééééééé_A_fkey" FOREIGN KEY ("A") REFERENCES "P"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "_ééééééééééééééééééééééééééé" ADD CONSTRAINT "_ééééééééééééééééééééééééééé_B_fkey" FOREIGN KEY ("B") REFERENCES "Q"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "_日日日日日日日日日語語語語語" ADD CONSTRAINT "_日日日日日日日日日語語語語語_A_fkey" FOREIGN KEY ("A") REFERENCES "P"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "_日日日日日日日日日語語語語語" ADD CONSTRAINT "_日日日日日日日日日語語語語語_B_fkey" FOREIGN KEY ("B") REFERENCES "Q"("id") ON DELETE CASCADE ON UPDATE CASCADE;
