-- DropTable
DROP TABLE "A";

-- DropEnum
DROP TYPE "Kind";

-- CreateTable
CREATE TABLE "Kind" (
    "id" INTEGER NOT NULL,

    CONSTRAINT "Kind_pkey" PRIMARY KEY ("id")
);
