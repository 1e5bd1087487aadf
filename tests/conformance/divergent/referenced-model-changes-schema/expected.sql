-- DropTable
DROP TABLE "one"."User";

-- CreateTable
CREATE TABLE "two"."User" (
    "id" INTEGER NOT NULL,

    CONSTRAINT "User_pkey" PRIMARY KEY ("id")
);
