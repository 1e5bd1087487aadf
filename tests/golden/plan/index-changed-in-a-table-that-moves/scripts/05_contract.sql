-- bellows: plan=fc2d8b8a4447be7f phase=contract script=5/7
-- DropIndex
DROP INDEX "audit"."Team_size_idx";
