-- CreateEnum
CREATE TYPE "level" AS ENUM ('low', 'full', 'high');

-- DropEnum
DROP TYPE "Level";
