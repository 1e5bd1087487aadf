-- DropTable
DROP TABLE "Trip";

-- DropEnum
DROP TYPE "Tour";

-- CreateTable
CREATE TABLE "Tour" (
    "id" INTEGER NOT NULL,
    "t_start" INTEGER NOT NULL DEFAULT 7,
    "seats" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Tour_pkey" PRIMARY KEY ("id")
);
