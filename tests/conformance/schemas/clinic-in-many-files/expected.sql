-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "Sex" AS ENUM ('female', 'male');

-- CreateEnum
CREATE TYPE "Speciality" AS ENUM ('general', 'surgery', 'alchemy', 'children & youth');

-- CreateEnum
CREATE TYPE "Unit" AS ENUM ('mg', 'ml', 'Stück');

-- CreateTable
CREATE TABLE "doctor" (
    "id" SMALLSERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "licence" TEXT NOT NULL,
    "speciality" "Speciality"[],

    CONSTRAINT "doctor_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "shift" (
    "doctorId" SMALLINT NOT NULL,
    "day" DATE NOT NULL,
    "from" TIME(0) NOT NULL,
    "until" TIME(0) NOT NULL,
    "building" CHAR(1),
    "number" INTEGER,

    CONSTRAINT "shift_pkey" PRIMARY KEY ("doctorId","day","from")
);

-- CreateTable
CREATE TABLE "patient" (
    "id" UUID NOT NULL,
    "mrn" VARCHAR(12) NOT NULL,
    "given_name" TEXT NOT NULL,
    "family_name" TEXT NOT NULL,
    "born" DATE NOT NULL,
    "sex" "Sex" NOT NULL,
    "insurerCode" TEXT,
    "allergies" TEXT[],

    CONSTRAINT "patient_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "insurer" (
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "insurer_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "room" (
    "building" CHAR(1) NOT NULL,
    "number" INTEGER NOT NULL,
    "beds" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "room_pkey" PRIMARY KEY ("building","number")
);

-- CreateTable
CREATE TABLE "visit" (
    "id" BIGSERIAL NOT NULL,
    "patient_id" UUID NOT NULL,
    "doctor_id" SMALLINT NOT NULL,
    "building" CHAR(1),
    "room_no" INTEGER,
    "starts" TIMESTAMPTZ(0) NOT NULL,
    "minutes" SMALLINT NOT NULL DEFAULT 15,
    "notes" TEXT,

    CONSTRAINT "visit_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "diagnosis" (
    "icd" VARCHAR(8) NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "diagnosis_pkey" PRIMARY KEY ("icd")
);

-- CreateTable
CREATE TABLE "drug" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "atc" CHAR(7),

    CONSTRAINT "drug_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "prescription" (
    "visitId" BIGINT NOT NULL,
    "drugId" INTEGER NOT NULL,
    "dose" DECIMAL(6,2) NOT NULL,
    "unit" "Unit" NOT NULL DEFAULT 'mg',
    "days" INTEGER,

    CONSTRAINT "prescription_pkey" PRIMARY KEY ("visitId","drugId")
);

-- CreateTable
CREATE TABLE "_deputy" (
    "A" SMALLINT NOT NULL,
    "B" SMALLINT NOT NULL,

    CONSTRAINT "_deputy_AB_pkey" PRIMARY KEY ("A","B")
);

-- CreateTable
CREATE TABLE "_DiagnosisToVisit" (
    "A" VARCHAR(8) NOT NULL,
    "B" BIGINT NOT NULL,

    CONSTRAINT "_DiagnosisToVisit_AB_pkey" PRIMARY KEY ("A","B")
);

-- CreateIndex
CREATE UNIQUE INDEX "doctor_licence_key" ON "doctor"("licence");

-- CreateIndex
CREATE UNIQUE INDEX "patient_mrn" ON "patient"("mrn");

-- CreateIndex
CREATE INDEX "patient_family_name_given_name_born_idx" ON "patient"("family_name", "given_name", "born");

-- CreateIndex
CREATE INDEX "visit_patient_id_starts_idx" ON "visit"("patient_id", "starts" DESC);

-- CreateIndex
CREATE INDEX "visit_starts_idx" ON "visit" USING BRIN ("starts");

-- CreateIndex
CREATE UNIQUE INDEX "visit_doctor_id_starts_key" ON "visit"("doctor_id", "starts");

-- CreateIndex
CREATE UNIQUE INDEX "drug_atc_key" ON "drug"("atc");

-- CreateIndex
CREATE UNIQUE INDEX "drug_name_atc_key" ON "drug"("name", "atc");

-- CreateIndex
CREATE INDEX "_deputy_B_index" ON "_deputy"("B");

-- CreateIndex
CREATE INDEX "_DiagnosisToVisit_B_index" ON "_DiagnosisToVisit"("B");

-- AddForeignKey
ALTER TABLE "shift" ADD CONSTRAINT "shift_doctorId_fkey" FOREIGN KEY ("doctorId") REFERENCES "doctor"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "shift" ADD CONSTRAINT "shift_building_number_fkey" FOREIGN KEY ("building", "number") REFERENCES "room"("building", "number") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "patient" ADD CONSTRAINT "patient_insurerCode_fkey" FOREIGN KEY ("insurerCode") REFERENCES "insurer"("code") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "visit" ADD CONSTRAINT "visit_patient_id_fkey" FOREIGN KEY ("patient_id") REFERENCES "patient"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "visit" ADD CONSTRAINT "visit_doctor_id_fkey" FOREIGN KEY ("doctor_id") REFERENCES "doctor"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "visit" ADD CONSTRAINT "visit_building_room_no_fkey" FOREIGN KEY ("building", "room_no") REFERENCES "room"("building", "number") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "prescription" ADD CONSTRAINT "prescription_visitId_fkey" FOREIGN KEY ("visitId") REFERENCES "visit"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "prescription" ADD CONSTRAINT "prescription_drugId_fkey" FOREIGN KEY ("drugId") REFERENCES "drug"("id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "_deputy" ADD CONSTRAINT "_deputy_A_fkey" FOREIGN KEY ("A") REFERENCES "doctor"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "_deputy" ADD CONSTRAINT "_deputy_B_fkey" FOREIGN KEY ("B") REFERENCES "doctor"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "_DiagnosisToVisit" ADD CONSTRAINT "_DiagnosisToVisit_A_fkey" FOREIGN KEY ("A") REFERENCES "diagnosis"("icd") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "_DiagnosisToVisit" ADD CONSTRAINT "_DiagnosisToVisit_B_fkey" FOREIGN KEY ("B") REFERENCES "visit"("id") ON DELETE CASCADE ON UPDATE CASCADE;
