-- bellows: plan=cd677429e5d66f47 phase=contract script=9/11
-- DropIndex
DROP INDEX "audit"."Team_size_idx";
