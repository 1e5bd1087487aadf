-- bellows: plan=cc9233ce692145a6 phase=contract script=9/10
-- DropIndex
DROP INDEX "Item_size_idx";
