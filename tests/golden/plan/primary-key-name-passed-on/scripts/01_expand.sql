-- bellows: plan=ed14b47f83aceefb phase=expand script=1/8
-- AlterTable
ALTER TABLE "Ward" ADD COLUMN     "number" INTEGER;

-- CreateTable
CREATE TABLE "Nurse" (
    "id" INTEGER NOT NULL,
    "wardNumber" INTEGER,

    CONSTRAINT "Nurse_pkey" PRIMARY KEY ("id")
);

-- AlterTable
CREATE SEQUENCE "Ward_number_seq" AS INTEGER;
ALTER TABLE "Ward" ALTER COLUMN "number" SET DEFAULT nextval('"Ward_number_seq"');
ALTER SEQUENCE "Ward_number_seq" OWNED BY "Ward"."number";
