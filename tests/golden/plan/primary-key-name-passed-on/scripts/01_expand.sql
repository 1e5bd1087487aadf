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
CREATE SEQUENCE ward_number_seq;
ALTER TABLE "Ward" ALTER COLUMN "number" SET DEFAULT nextval('ward_number_seq');
ALTER SEQUENCE ward_number_seq OWNED BY "Ward"."number";
