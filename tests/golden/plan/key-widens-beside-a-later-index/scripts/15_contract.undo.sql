-- CreateEnum
CREATE TYPE "Mode" AS ENUM ('blue', 'red');
