-- bellows: plan=40cabf10814a8cf6 phase=contract script=9/10
-- DropIndex
DROP INDEX "Item_size_idx";
