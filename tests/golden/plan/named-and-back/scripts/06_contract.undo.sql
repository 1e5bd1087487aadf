-- CreateEnum
CREATE TYPE "Level" AS ENUM ('LOW', 'HIGH');
