-- bellows: plan=92c792dffda447c1 phase=expand script=1/7
-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "audit";
