-- bellows: plan=67bfa6a4795f7a05 phase=expand script=1/11
-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "audit";
