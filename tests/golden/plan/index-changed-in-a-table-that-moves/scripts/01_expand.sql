-- bellows: plan=cd677429e5d66f47 phase=expand script=1/11
-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "audit";
