-- bellows: plan=92c792dffda447c1 phase=contract script=5/7
-- DropIndex
DROP INDEX "audit"."Team_size_idx";
