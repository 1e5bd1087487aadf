-- CreateEnum
CREATE TYPE "Purpose" AS ENUM ('treatment', 'research');

-- AlterEnum
ALTER TYPE "Sex" ADD VALUE 'diverse';

-- AlterEnum
BEGIN;
CREATE TYPE "Speciality_new" AS ENUM ('general', 'surgery', 'children & youth');
ALTER TABLE "doctor" ALTER COLUMN "speciality" TYPE "Speciality_new"[] USING ("speciality"::text::"Speciality_new"[]);
ALTER TYPE "Speciality" RENAME TO "Speciality_old";
ALTER TYPE "Speciality_new" RENAME TO "Speciality";
DROP TYPE "Speciality_old";
COMMIT;

-- DropForeignKey
ALTER TABLE "shift" DROP CONSTRAINT "shift_building_number_fkey";

-- DropForeignKey
ALTER TABLE "patient" DROP CONSTRAINT "patient_insurerCode_fkey";

-- DropIndex
DROP INDEX "visit_patient_id_starts_idx";

-- AlterTable
ALTER TABLE "shift" DROP COLUMN "building",
DROP COLUMN "number",
ADD COLUMN     "remote" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "patient" ALTER COLUMN "sex" DROP NOT NULL,
ALTER COLUMN "insurerCode" SET NOT NULL,
ALTER COLUMN "insurerCode" SET DEFAULT 'SELF';

-- AlterTable
ALTER TABLE "visit" ALTER COLUMN "minutes" SET DEFAULT 20,
ALTER COLUMN "notes" SET DATA TYPE VARCHAR(4000);

-- AlterTable
ALTER TABLE "prescription" ALTER COLUMN "dose" SET DATA TYPE DECIMAL(8,3);
ALTER TABLE "prescription" RENAME CONSTRAINT "prescription_pkey" TO "prescription_key";

-- CreateTable
CREATE TABLE "consent" (
    "patientId" UUID NOT NULL,
    "purpose" "Purpose" NOT NULL,
    "givenAt" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "text" TEXT NOT NULL DEFAULT 'I agree; it''s fine.',

    CONSTRAINT "consent_pkey" PRIMARY KEY ("patientId","purpose")
);

-- CreateIndex
CREATE INDEX "visit_patient_id_starts_idx" ON "visit"("patient_id", "starts");

-- AddForeignKey
ALTER TABLE "patient" ADD CONSTRAINT "patient_insurerCode_fkey" FOREIGN KEY ("insurerCode") REFERENCES "insurer"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "consent" ADD CONSTRAINT "consent_patientId_fkey" FOREIGN KEY ("patientId") REFERENCES "patient"("id") ON DELETE CASCADE ON UPDATE CASCADE;
