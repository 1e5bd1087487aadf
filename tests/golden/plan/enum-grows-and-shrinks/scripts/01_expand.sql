-- bellows: plan=278bd1cfac2e0371 phase=expand script=1/2
-- AlterEnum
ALTER TYPE "Role" ADD VALUE 'AUDITOR' AFTER 'ADMIN';
