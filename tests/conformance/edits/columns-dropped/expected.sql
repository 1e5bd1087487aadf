-- AlterTable
ALTER TABLE "User" DROP COLUMN "alpha",
DROP COLUMN "list",
DROP COLUMN "mid",
DROP COLUMN "zeta";

-- AlterTable
ALTER TABLE "Other" DROP COLUMN "gone";
