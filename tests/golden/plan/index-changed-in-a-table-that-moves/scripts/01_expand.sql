-- bellows: plan=5680b1b78d22cc2a phase=expand script=1/11
-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "audit";
