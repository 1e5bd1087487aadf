-- bellows: plan=b8746819411c08ed phase=expand script=1/2
-- CreateEnum
CREATE TYPE "Role" AS ENUM ('USER', 'ADMIN');
