-- bellows: plan=2151fc5fa5d35ba7 phase=contract script=9/10
-- DropIndex
DROP INDEX "Item_size_idx";
