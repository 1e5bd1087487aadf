-- bellows: plan=35ec02382ceb7e53 phase=contract script=9/10
-- DropIndex
DROP INDEX "Item_size_idx";
