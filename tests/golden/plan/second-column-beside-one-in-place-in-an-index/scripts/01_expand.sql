-- bellows: plan=ecc0257da1e50b7f phase=expand script=1/2
-- CreateEnum
CREATE TYPE "grade_of_part" AS ENUM ('off', 'on');
