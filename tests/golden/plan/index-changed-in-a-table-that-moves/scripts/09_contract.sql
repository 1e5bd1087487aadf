-- bellows: plan=67bfa6a4795f7a05 phase=contract script=9/11
-- DropIndex
DROP INDEX "audit"."Team_size_idx";
