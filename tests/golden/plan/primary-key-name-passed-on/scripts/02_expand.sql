-- bellows: plan=ed14b47f83aceefb phase=expand script=2/5
-- CreateTable
CREATE TABLE "Nurse" (
    "id" INTEGER NOT NULL,
    "wardNumber" INTEGER,

    CONSTRAINT "Nurse_pkey" PRIMARY KEY ("id")
);
