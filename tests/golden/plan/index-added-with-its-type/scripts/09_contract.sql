-- bellows: plan=8c99c720b8cf6990 phase=contract script=9/10
-- DropIndex
DROP INDEX "Item_size_idx";
