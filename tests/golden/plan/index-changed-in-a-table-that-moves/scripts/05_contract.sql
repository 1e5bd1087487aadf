-- bellows: plan=a771afa81cb334c8 phase=contract script=5/7
-- DropIndex
DROP INDEX "audit"."Team_size_idx";
