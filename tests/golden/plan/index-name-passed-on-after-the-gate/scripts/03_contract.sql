-- bellows: plan=f8e3df8249d8de6e phase=contract script=3/3
-- RenameIndex
ALTER INDEX "by_seats" RENAME TO "by_stops";

-- RenameIndex
ALTER INDEX "by_seats_new__bellows" RENAME TO "by_seats";
