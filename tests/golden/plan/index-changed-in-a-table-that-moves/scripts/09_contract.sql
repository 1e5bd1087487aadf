-- bellows: plan=5680b1b78d22cc2a phase=contract script=9/11
-- DropIndex
DROP INDEX "audit"."Team_size_idx";
