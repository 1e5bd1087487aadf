-- bellows: plan=3ff920fc7610066d phase=contract script=9/10
-- DropIndex
DROP INDEX "Item_size_idx";
