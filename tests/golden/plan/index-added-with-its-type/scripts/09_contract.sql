-- bellows: plan=b4e636e8000acf24 phase=contract script=9/10
-- DropIndex
DROP INDEX "Item_size_idx";
