-- bellows: plan=d383243b7a8a007c phase=contract script=9/10
-- DropIndex
DROP INDEX "Item_size_idx";
