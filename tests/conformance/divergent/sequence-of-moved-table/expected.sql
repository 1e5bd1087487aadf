-- DropTable
DROP TABLE "A";

-- CreateTable
CREATE TABLE "audit"."A" (
    "id" INTEGER NOT NULL,

    CONSTRAINT "A_pkey" PRIMARY KEY ("id")
);
