-- bellows: plan=a771afa81cb334c8 phase=expand script=1/7
-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "audit";
