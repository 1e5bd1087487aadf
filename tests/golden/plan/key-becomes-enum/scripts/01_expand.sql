-- bellows: plan=8e4f7e0e3fe6abc9 phase=expand script=1/2
-- CreateEnum
CREATE TYPE "Kind" AS ENUM ('USER', 'ADMIN');
