-- bellows: plan=fc2d8b8a4447be7f phase=expand script=1/7
-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "audit";
